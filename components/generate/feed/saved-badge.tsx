import { Check, CircleAlert, LoaderCircle } from "lucide-react";
import { stageOf } from "@/lib/predictions/parse-logs";
import type { Prediction } from "@/lib/predictions/schema";
import { LocalTime } from "@/components/ui/local-time";

const look = "inline-flex items-center gap-1.5 text-[13px]";

/** Whether a finished prediction's images are in our storage. */
export function SavedBadge({ prediction }: { prediction: Prediction }) {
  const { saved_at, save_error, output_expires_at: expiresAt } = prediction;
  if (saved_at) {
    return (
      <span className={`${look} text-saved`}>
        <Check aria-hidden className="size-3.5" /> Saved
      </span>
    );
  }
  if (save_error === "retrying") {
    return (
      <span className={`${look} text-risk`}>
        <CircleAlert aria-hidden className="size-3.5" />
        Not saved yet
        {expiresAt ? (
          <>
            {" "}
            · safe until <LocalTime iso={expiresAt} />
          </>
        ) : null}
      </span>
    );
  }
  return (
    <span className={`${look} text-muted`}>
      <LoaderCircle aria-hidden className="size-3.5 animate-spin" /> {stageOf(prediction)}
    </span>
  );
}
