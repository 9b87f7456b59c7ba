import { useEffect, useEffectEvent, useState } from "react";
import { Square } from "lucide-react";
import { formatDuration } from "@/components/ui/format";
import { announce } from "@/components/ui/live-region";

type RecordTileProps = { className: string; onFiles: (files: File[]) => void; onEnd: () => void };

/** A recording ends by itself after this time (ms). */
const longest = 10 * 60_000;
const extensions: Record<string, string> = { "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/webm": "webm" };

/** Records the microphone until the user clicks. Without permission, says so and ends. */
export function RecordTile({ className, onFiles, onEnd }: RecordTileProps) {
  const [recorder, setRecorder] = useState<MediaRecorder | null>(null);
  const [seconds, setSeconds] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const finish = useEffectEvent((parts: Blob[], type: string) => {
    const [family = ""] = type.split(";");
    const bytes = new Blob(parts, { type: family });
    if (bytes.size > 0) onFiles([new File([bytes], `Recording.${extensions[family] ?? "webm"}`, { type: family })]);
    onEnd();
  });

  useEffect(() => {
    let stop = () => {};
    let isGone = false;
    const start = async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      stop = () => stream.getTracks().forEach((track) => track.stop());
      if (isGone) return stop();
      const created = new MediaRecorder(stream);
      const parts: Blob[] = [];
      created.ondataavailable = ({ data }) => parts.push(data);
      created.onstop = () => {
        stop();
        if (!isGone) finish(parts, created.mimeType);
      };
      created.start();
      setRecorder(created);
      announce("Recording");
    };
    start().catch((error: unknown) => {
      const isBlocked = error instanceof DOMException && error.name === "NotAllowedError";
      const words = isBlocked ? "The microphone is blocked" : "No microphone was found";
      setProblem(words);
      announce(words);
    });
    return () => {
      isGone = true;
      stop();
    };
  }, []);

  useEffect(() => {
    if (!recorder) return;
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    const end = setTimeout(() => stopRecording(recorder), longest);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [recorder]);

  return (
    <button
      type="button"
      title={problem ?? "Stop"}
      aria-label={problem ?? "Stop recording"}
      className={className}
      onClick={() => (recorder ? stopRecording(recorder) : onEnd())}
    >
      {problem ? (
        <span className="p-1 text-center text-[10px] text-danger">{problem}</span>
      ) : (
        <span className="grid justify-items-center gap-1 text-accent">
          <Square aria-hidden className="size-4 animate-safelight fill-current" />
          <span className="font-mono tabular-nums">{formatDuration(seconds * 1000)}</span>
        </span>
      )}
    </button>
  );
}

/** Stopping twice would throw. */
function stopRecording(recorder: MediaRecorder) {
  if (recorder.state !== "inactive") recorder.stop();
}
