import { useEffect, useEffectEvent, useState } from "react";
import { Square } from "lucide-react";
import { formatDuration } from "@/components/ui/format";
import { announce } from "@/components/ui/live-region";
import { explainMicrophone, type MicrophoneRecording, recordMicrophone } from "./record-microphone";

type RecordTileProps = { className: string; onFiles: (files: File[]) => void; onEnd: () => void };

/** A recording ends by itself after this time (ms). */
const longest = 10 * 60_000;

/**
 * Records the microphone until the user clicks the tile. If the microphone cannot be used, the tile says why, and a click closes
 * it.
 */
export function RecordTile({ className, onFiles, onEnd }: RecordTileProps) {
  const [recording, setRecording] = useState<MicrophoneRecording | null>(null);
  const [seconds, setSeconds] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const finish = useEffectEvent((file: File) => {
    if (file.size > 0) onFiles([file]);
    onEnd();
  });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const start = async () => {
      const started = await recordMicrophone(longest, signal);
      setRecording(started);
      announce("Recording");
      const file = await started.file;
      if (!signal.aborted) finish(file);
    };
    start().catch((error: unknown) => {
      if (signal.aborted) return;
      const { title } = explainMicrophone(error);
      setProblem(title);
      announce(title);
    });
    return () => controller.abort();
  }, []);

  useEffect(() => {
    if (!recording) return;
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [recording]);

  return (
    <button
      type="button"
      title={problem ?? "Stop"}
      aria-label={problem ?? "Stop recording"}
      className={className}
      onClick={() => (recording ? recording.stop() : onEnd())}
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
