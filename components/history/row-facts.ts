import { settingsOf } from "@/components/gallery/picture-facts";
import { type Picture, picturesOf } from "@/components/prediction/picture";
import type { Prediction } from "@/lib/predictions/schema";
import { many } from "./words";

export type Fact = { name: string; value: string; copies?: boolean };

/** How long each part took: waiting for a machine, running, being saved. What has not happened is not told. */
export function timesOf({ created_at, started_at, completed_at, saved_at }: Prediction): Fact[] {
  return [
    fact("Waited", started_at && secondsBetween(created_at, started_at)),
    fact("Ran", started_at && completed_at && secondsBetween(started_at, completed_at)),
    fact("Saved after", completed_at && saved_at && secondsBetween(completed_at, saved_at)),
  ].flat();
}

/** What it used, as the model and Replicate count it. */
export function usedBy(prediction: Prediction): Fact[] {
  const { predict_time: seconds, ...others } = prediction.metrics ?? {};
  const pictures = picturesOf(prediction).length;
  return [
    fact("Made", pictures > 0 && many(pictures, "picture")),
    fact("Model time", typeof seconds === "number" && `${seconds.toFixed(1)} s`),
    ...settingsOf(Object.fromEntries(Object.entries(others).map(withUnit))).filter(
      ({ value }) => !value.startsWith("{"),
    ),
  ].flat();
}

/** The pictures that there is a file of: kept ones, and for an hour those that only Replicate has. */
export function picturesThere(prediction: Prediction): Picture[] {
  const { output_expires_at: expiresAt } = prediction;
  const isWithReplicate = expiresAt !== null && Date.parse(expiresAt) > Date.now();
  return picturesOf(prediction).filter(({ id }) => id !== null || isWithReplicate);
}

/** What it was asked with. */
export function askedOf({ id, model, version, input }: Prediction): Fact[] {
  const seed = typeof input.seed === "number" && String(input.seed);
  return [
    fact("Seed", seed, true),
    ...settingsOf(input),
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
