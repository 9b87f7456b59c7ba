import "server-only";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { UnavailableFile, UnsupportedFile } from "@/lib/media/file-errors";
import { isOutputExpired, outputFiles } from "@/lib/media/output-files";
import { listSavedMedia } from "@/lib/media/queries";
import { canDecode, isUndecodable } from "@/lib/media/renditions/decoder";
import { saveFile } from "@/lib/media/save-file";
import { mayMakeFewer } from "@/lib/models/inputs/image-count";
import { seedIn } from "@/lib/models/inputs/seeds";
import { isOutage } from "@/lib/supabase/result";
import { parseSeed } from "./parse-logs";
import { markSaved, postponeRow, releaseLease, type PredictionRow } from "./rows";

/** How long to wait before the next attempt after our own storage or disk failed (s). */
const STORAGE_RETRY = 15;
/** How often a file is tried again if a bug stops each attempt, even if an hour has passed since the run. */
const MIN_ATTEMPTS = 5;

/**
 * Saves the output files of a succeeded prediction that are neither saved nor deleted. The caller has the lease. If there are
 * more files than the limit, only the first ones are saved, unless the user asked for all. An output without files is not
 * copied, because it is in the row already. If a file cannot be saved now, the row is due again later, until Replicate deletes
 * the file. Sets `save_error` in the row if something is wrong, and returns the row. `now` is the time by the database's clock
 * (ms).
 */
export async function saveOutput(row: PredictionRow, now: number): Promise<PredictionRow | null> {
  const all = outputFiles(row.output, row.links);
  // The limit is never lower than the requested number of files.
  const limit = row.save_all ? all.length : Math.max(env().MAX_FILES_PER_PREDICTION, row.image_count);
  const files = all.slice(0, limit);
  // Replicate deletes the output an hour after completion.
  const isExpired = isOutputExpired(row, now);
  if (files.length === 0 && !row.output_cut)
    return isEmpty(row.output) ? releaseLease(row, null, "empty_output") : markSaved(row, 0, null);

  const saved = new Map((await listSavedMedia(row.id)).map((media) => [media.position, media]));
  const deleted = new Set(Object.keys(row.deleted_images).map(Number));
  // The seed is the requested seed or, without one, the seed in the log.
  const seed = seedIn(row.input) ?? parseSeed(row.logs);
  const failures: Failure[] = [];
  let isDamaged = false;
  await Promise.all(
    files.map(async (url, position) => {
      const media = saved.get(position);
      isDamaged ||= media !== undefined && isUndecodable(media);
      if (deleted.has(position) || (media && (media.thumb_path || !canDecode(media)))) return;
      try {
        const file = { userId: row.user_id, predictionId: row.id, position, url, seed };
        if (!(await saveFile(file))) isDamaged = true;
      } catch (error) {
        log.info("file_not_saved", { prediction: row.id, position, error });
        // If `media` is set, the file itself was saved before, and only its thumbnail has failed now. This does not count as a
        // failure, so there is no further attempt only for the thumbnail.
        if (!media) failures.push(toFailure(row, url, error, isExpired));
      }
    }),
  );
  const final = failures.filter((failure) => failure !== "later" && failure !== "storage");
  if (final.length === failures.length && files.length < all.length) return releaseLease(row, null, "too_many");
  if (failures.length === 0 && row.output_cut) {
    log.error("output_cut", { prediction: row.id });
    return releaseLease(row, null, "too_large");
  }
  if (failures.length === 0) {
    const isShort = files.length < row.image_count && !mayMakeFewer(row.input);
    return markSaved(row, files.length, isShort ? "dropped" : isDamaged ? "damaged" : null);
  }
  if (final.length === failures.length) {
    return releaseLease(row, null, final.find((failure) => failure !== "expired") ?? "expired");
  }
  if (!failures.includes("later")) return postponeRow(row, STORAGE_RETRY, "retrying");
  return releaseLease(row, Math.min(60, 2 ** row.attempts), "retrying");
}

/**
 * Why a file was not saved. `later`: a retry may succeed. `storage`: our own storage or disk failed. Any other value: the file
 * can never be saved.
 */
type Failure = "later" | "storage" | "expired" | UnsupportedFile["reason"];

function toFailure(row: PredictionRow, url: string, error: unknown, isExpired: boolean): Failure {
  if (error instanceof UnsupportedFile) return error.reason;
  if (error instanceof UnavailableFile) {
    // A data URI contains the file, so a retry cannot help.
    if (url.startsWith("data:")) return "unsupported_output";
    return isExpired || error.reason === "gone" ? "expired" : "later";
  }
  // A temporary file that cannot be read causes a NotReadableError.
  const isDiskError = error instanceof Error && ("syscall" in error || error.name === "NotReadableError");
  if (isOutage(error) || isDiskError) return "storage";
  // Any other error is a bug. The file of a data URI never expires, so without a limit it would be tried forever.
  log.error("file_not_saved_by_bug", { prediction: row.id, error });
  return isExpired && row.attempts >= MIN_ATTEMPTS ? "unsupported_output" : "later";
}

/** Whether there is no result at all. A text, a number or an object with properties is a result, even without files. */
function isEmpty(output: unknown): boolean {
  if (output === null || output === undefined || output === "") return true;
  return typeof output === "object" && Object.keys(output).length === 0;
}
