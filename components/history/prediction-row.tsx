import { LocalTime } from "@/components/prediction/local-time";
import { picturesOf, promptOf } from "@/components/prediction/picture";
import { explainFailure } from "@/lib/predictions/failure";
import { isActive, stageOf } from "@/lib/predictions/progress";
import type { Prediction } from "@/lib/predictions/schema";

const shownPictures = 4;

/** One line of the history: what was asked, what came of it, when, and how long the model took. */
export function PredictionRow({ prediction }: { prediction: Prediction }) {
  const prompt = promptOf(prediction.input);
  const failure = explainFailure(prediction);
  const seconds = prediction.metrics?.predict_time;
  return (
    <li className="grid grid-cols-[80px_minmax(0,1fr)] gap-x-4 gap-y-2 py-4 md:grid-cols-[176px_minmax(0,1fr)_150px_150px_64px] md:items-center md:gap-x-6 md:py-3">
      <Thumbnails prediction={prediction} alt={prompt} />
      <div className="min-w-0">
        <p className="line-clamp-2 text-pretty md:line-clamp-1">{prompt || prediction.tool || "No prompt"}</p>
        <p className="mt-0.5 truncate font-mono text-[12px] text-muted">{prediction.model}</p>
        {failure ? <p className="mt-1 text-[13px] text-pretty text-muted">{failure.title}</p> : null}
      </div>
      <div className="col-start-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px] text-muted md:contents">
        <Standing prediction={prediction} />
        <span className="tabular-nums">
          <LocalTime iso={prediction.created_at} withDay />
        </span>
        <span className="font-mono text-[12px] tabular-nums md:text-right">
          {typeof seconds === "number" ? `${seconds.toFixed(1)} s` : null}
        </span>
      </div>
    </li>
  );
}

/** Kept files only, since Replicate's may be gone. On a phone the first one only. */
function Thumbnails({ prediction, alt }: { prediction: Prediction; alt: string }) {
  const pictures = picturesOf(prediction).filter((picture) => picture.id !== null);
  const more = pictures.length - shownPictures;
  const box = "size-20 rounded-sm md:size-10";
  if (pictures.length === 0)
    return <span aria-hidden className={`${box} row-span-2 border border-dashed md:row-span-1`} />;
  return (
    <div className="row-span-2 flex items-center gap-1 md:row-span-1">
      {pictures.slice(0, shownPictures).map((picture, index) => (
        <img
          key={picture.key}
          src={picture.thumb}
          alt={alt}
          loading="lazy"
          decoding="async"
          className={`${box} bg-raised object-cover ${index > 0 ? "max-md:hidden" : ""}`}
        />
      ))}
      {more > 0 ? <span className="pl-1 text-[12px] text-muted tabular-nums max-md:hidden">+{more}</span> : null}
    </div>
  );
}

function Standing({ prediction }: { prediction: Prediction }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden className={`size-1.5 rounded-full ${dot(prediction)}`} />
      {stageOf(prediction)}
    </span>
  );
}

function dot(prediction: Prediction) {
  if (prediction.saved_at) return "bg-saved";
  if (prediction.save_error) return "bg-risk";
  if (isActive(prediction)) return "animate-safelight bg-accent";
  return prediction.status === "failed" ? "bg-danger" : "bg-edge";
}
