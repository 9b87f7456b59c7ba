import "server-only";
import { UnavailableFile, UnsupportedFile } from "@/lib/media/errors";
import { outputFiles } from "@/lib/media/output";
import { listSavedMedia } from "@/lib/media/queries";
import { saveFile } from "@/lib/media/save";
import { log } from "@/lib/log";
import { seedFromLogs } from "./parse-logs";
import { finishSaving, postpone, release, type PredictionRow } from "./rows";
import type { SaveError } from "./schema";

/** While our own storage does not take files, it is asked again this often (s). */
const STORAGE_BREAK = 15;

/**
 * Copies every output file of a leased, succeeded prediction into our storage. What is there already is not copied again,
 * and neither is what was deleted. What fails is tried again until Replicate deletes it; what can never be kept is said to
 * be so. `now` (ms) is the database's clock.
 */
export async function save(row: PredictionRow, now: number): Promise<PredictionRow | null> {
  const files = outputFiles(row.output);
  const isOver = row.output_expires_at !== null && now > Date.parse(row.output_expires_at);
  // An hour after the end Replicate has removed the output itself.
  if (files.length === 0) return release(row, null, isOver ? "expired" : reasonForNoFiles(row.output));

  const kept = new Map((await listSavedMedia(row.id)).map((image) => [image.position, image]));
  const deleted = new Set(Object.keys(row.deleted_images).map(Number));
  const seed = seedOf(row);
  const failures: Failure[] = [];
  await Promise.all(
    files.map(async (url, position) => {
      const image = kept.get(position);
      if (image?.thumb_path || deleted.has(position)) return;
      try {
        await saveFile({ userId: row.user_id, predictionId: row.id, position, url, seed });
      } catch (error) {
        log.info("file_not_saved", { prediction: row.id, position, error });
        // A thumbnail is tried again once, after whoever died before it or could not write it down.
        if (!image) failures.push(failureOf(error, url, isOver));
      }
    }),
  );
  if (failures.length === 0) return finishSaving(row, files.length);
  const lost = failures.filter((failure) => failure !== "later" && failure !== "storage");
  if (lost.length === failures.length) return release(row, null, lost.find((why) => why !== "expired") ?? "expired");
  if (!failures.includes("later")) return postpone(row, STORAGE_BREAK, "retrying");
  return release(row, Math.min(60, 2 ** Math.min(row.attempts, 6)), "retrying");
}

/** `later`: fetching it again may help. `storage`: ours failed. Else why the file will never be kept. */
type Failure = "later" | "storage" | "expired" | UnsupportedFile["reason"];

function failureOf(error: unknown, url: string, isOver: boolean): Failure {
  if (error instanceof UnsupportedFile) return error.reason;
  if (!(error instanceof UnavailableFile)) return "storage";
  // It is here, whole or not, and will not change.
  if (url.startsWith("data:")) return "unsupported_output";
  return isOver || error.reason === "gone" ? "expired" : "later";
}

function reasonForNoFiles(output: unknown): SaveError {
  const isEmpty =
    output === null || output === undefined || output === "" || (Array.isArray(output) && output.length === 0);
  return isEmpty ? "empty_output" : "unsupported_output";
}

function seedOf(row: PredictionRow): number | null {
  const asked = row.input["seed"];
  return typeof asked === "number" && Number.isSafeInteger(asked) ? asked : seedFromLogs(row.logs);
}
