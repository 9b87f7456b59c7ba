import { settingsOf } from "@/components/viewer/facts";
import { type MediaItem, mediaItemsOf } from "@/components/media/item";
import { countNames, countOf } from "@/components/media/aspect-ratio";
import type { Prediction } from "@/lib/predictions/schema";

export type Fact = { name: string; value: string; copies?: boolean };

/** How long each part took: waiting for a machine, running, being saved. What has not happened is not told. */
export function timesOf({ created_at, started_at, completed_at, saved_at, metrics }: Prediction): Fact[] {
  // The model's own clock starts when it does, ours when its machine has been found.
  const seconds = metrics?.predict_time;
  return [
    fact("Waited", started_at && secondsBetween(created_at, started_at)),
    fact(
      "Ran",
      typeof seconds === "number"
        ? `${seconds.toFixed(1)} s`
        : started_at && completed_at && secondsBetween(started_at, completed_at),
    ),
    fact("Saved after", completed_at && saved_at && secondsBetween(completed_at, saved_at)),
  ].flat();
}

/** What it used, as the model and Replicate count it; its time and its images are told already. */
export function usedBy(prediction: Prediction): Fact[] {
  const { predict_time: _ran, total_time: _total, image_count: count, ...others } = prediction.metrics ?? {};
  const isTold = count === undefined || count === mediaItemsOf(prediction).length;
  const told = Object.entries(isTold ? others : { image_count: count, ...others });
  return settingsOf(Object.fromEntries(told.map(withUnit))).filter(({ value }) => !value.startsWith("{"));
}

/** The images that there is a file of: kept ones, and for an hour those that only Replicate has. */
export function savedItems(prediction: Prediction): MediaItem[] {
  const { output_expires_at: expiresAt } = prediction;
  const isWithReplicate = expiresAt !== null && Date.parse(expiresAt) > Date.now();
  return mediaItemsOf(prediction).filter(({ id }) => id !== null || isWithReplicate);
}

/** What it was asked with. How many images that were is told where not as many are there. */
export function askedOf(prediction: Prediction): Fact[] {
  const { id, model, version, input } = prediction;
  const came = savedItems(prediction).length;
  const asked = countNames.some((name) => name in input) ? countOf(input) : came;
  const others = Object.entries(input).filter(([name]) => !countNames.includes(name));
  const seed = typeof input.seed === "number" && String(input.seed);
  return [
    fact("Seed", seed, true),
    fact("Images asked for", asked !== came && String(asked)),
    ...settingsOf(Object.fromEntries(others)),
    fact("Model", model, true),
    fact("Version", version, true),
    fact("Id", id, true),
  ].flat();
}

function fact(name: string, value: string | null | false, copies = false): Fact[] {
  return value ? [{ name, value, copies }] : [];
}

/** Replicate gives its times in seconds. */
function withUnit([name, value]: [string, unknown]): [string, unknown] {
  return [name, name.endsWith("_time") && typeof value === "number" ? `${value.toFixed(1)} s` : value];
}

function secondsBetween(from: string, to: string) {
  return `${(Math.max(0, Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)} s`;
}
