import { lazy, Suspense, useState } from "react";
import { Camera, Mic } from "lucide-react";
import { invisibleInputClass } from "@/components/ui/input";
import type { FileType } from "@/lib/models/inputs/takes-and-makes";
import { tileClass } from "@/components/generate/fields/media-tiles";

// Loaded when the user wants to record something.
const RecordTile = lazy(() => import("./record-tile").then((file) => ({ default: file.RecordTile })));

type MoreWaysProps = { label: string; takes?: FileType; onFiles: (files: File[]) => void };

const moreClass = `${tileClass} border-dashed border-edge hover:text-ink`;

/** For images and videos, a button that opens the camera of a phone. For sounds, one that records the microphone. */
export function MoreWays({ label, takes, onFiles }: MoreWaysProps) {
  const [isRecording, setRecording] = useState(false);
  if (takes === "image" || takes === "video") {
    // Other devices have no camera of their own, and choose a file.
    if (!matchMedia("(pointer: coarse)").matches) return null;
    return (
      <label title="Camera" className={`${moreClass}`}>
        <input
          type="file"
          accept={`${takes}/*`}
          capture="environment"
          aria-label={`Camera: ${label}`}
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
