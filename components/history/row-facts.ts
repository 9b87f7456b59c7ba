import { settingsInWords } from "@/components/media/settings-in-words";
import { mediaItemsOf } from "@/components/media/media-item";
import { formatUsd } from "@/components/ui/format-usd";
import { imageCount, imageCountNames } from "@/lib/models/inputs/image-count";
import { seedIn } from "@/lib/models/inputs/seeds";
import type { Prediction } from "@/lib/predictions/schema";

export type Fact = { name: string; value: string; copies?: boolean };

/** How long the prediction waited for a machine, how long it ran, and how long saving took. Unknown times are left out. */
export function timesOf({ created_at, started_at, completed_at, saved_at, metrics }: Prediction): Fact[] {
  // `predict_time` is more exact than the time since `started_at`. At `started_at`, Replicate has found a machine, but the model
  // starts only later.
  const seconds = metrics?.predict_time;
  return [
    fact("Waited", started_at && secondsBetween(created_at, started_at)),
    fact(
      "Ran",
      typeof seconds === "number"
        ? `${seconds.toFixed(1)} s`
        : started_at && completed_at && secondsBetween(started_at, completed_at),
    ),
    fact("Time to save", completed_at && saved_at && secondsBetween(completed_at, saved_at)),
  ].flat();
}

/** What the prediction has cost, if this is known. */
export function costOf({ cost_usd: cost, cost_basis: basis }: Prediction): Fact[] {
  return fact("Cost", cost !== null && (basis === "estimate" ? `about ${formatUsd(cost)}` : formatUsd(cost)));
}

/**
 * The metrics of Replicate and of the model. Leaves out `predict_time` and `total_time`, because `timesOf` returns the times.
 * Also leaves out the image count if it is the number of files.
 */
export function metricsOf(prediction: Prediction): Fact[] {
  const { predict_time: _ran, total_time: _total, image_count: count, ...others } = prediction.metrics ?? {};
  const isCountShown = count === undefined || count === mediaItemsOf(prediction).length;
  const shown = Object.entries(isCountShown ? others : { image_count: count, ...others });
  return settingsInWords(Object.fromEntries(shown.map(withUnit))).filter(({ value }) => !value.startsWith("{"));
}

/** The input, model, version and id. The requested number of images is shown only if the number of results differs from it. */
export function inputFacts(prediction: Prediction): Fact[] {
  const { id, model, version, input } = prediction;
  const count = mediaItemsOf(prediction).length;
  const requested = imageCountNames.some((name) => name in input) ? imageCount(input) : count;
  const others = Object.entries(input).filter(([name]) => !imageCountNames.includes(name));
  const seed = seedIn(input);
  return [
    fact("Seed", seed !== null && String(seed), true),
    fact("Images requested", requested !== count && String(requested)),
    ...settingsInWords(Object.fromEntries(others)),
    fact("Model", model, true),
    fact("Version", version, true),
    fact("Run ID", id, true),
  ].flat();
}

function fact(name: string, value: string | null | false, copies = false): Fact[] {
  return value ? [{ name, value, copies }] : [];
}

// Adds the unit to a time. Metrics of Replicate whose names end with `_time` are in seconds.
function withUnit([name, value]: [string, unknown]): [string, unknown] {
  return [name, name.endsWith("_time") && typeof value === "number" ? `${value.toFixed(1)} s` : value];
}

function secondsBetween(from: string, to: string) {
  return `${(Math.max(0, Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)} s`;
}
