import { lazy, Suspense, useState } from "react";
import { Camera, Mic } from "lucide-react";
import { invisibleInputClass } from "@/components/ui/input";
import type { FileType } from "@/lib/models/inputs/takes-and-makes";
import { tileClass } from "@/components/generate/fields/media-tiles";

// `RecordTile` is loaded when the user starts to record.
const RecordTile = lazy(() => import("./record-tile").then((file) => ({ default: file.RecordTile })));

type CameraOrMicrophoneProps = { label: string; takes?: FileType; onFiles: (files: File[]) => void };

const moreClass = `${tileClass} border-dashed border-edge hover:text-ink`;

/** A button that opens the camera of a phone, for images and videos, or a button that records the microphone, for sounds. */
export function CameraOrMicrophone({ label, takes, onFiles }: CameraOrMicrophoneProps) {
  const [isRecording, setRecording] = useState(false);
  if (takes === "image" || takes === "video") {
    // Only touch devices show this button. On other devices, it would only open a file dialog, like the upload button.
    if (!matchMedia("(pointer: coarse)").matches) return null;
    const action = takes === "image" ? "Take a photo" : "Record a video";
    return (
      <label title={action} className={moreClass}>
        <input
          type="file"
          accept={`${takes}/*`}
          capture="environment"
          aria-label={`${action}: ${label}`}
          className={invisibleInputClass}
          onChange={({ currentTarget }) => {
            onFiles([...(currentTarget.files ?? [])]);
            currentTarget.value = "";
          }}
        />
        <Camera aria-hidden className="size-5" />
      </label>
    );
  }
  if (takes !== "audio") return null;
  if (isRecording) {
    return (
      <Suspense fallback={<span className={moreClass} />}>
        <RecordTile className={moreClass} onFiles={onFiles} onEnd={() => setRecording(false)} />
      </Suspense>
    );
  }
  return (
    <button
      type="button"
      title="Record"
      aria-label={`Record: ${label}`}
      className={moreClass}
      onClick={() => setRecording(true)}
    >
      <Mic aria-hidden className="size-5" />
    </button>
  );
}
