import "server-only";
import { UnkeepableFile } from "@/lib/images/errors";
import { outputFiles } from "@/lib/images/output";
import { listKept } from "@/lib/images/rows";
import { saveFile } from "@/lib/images/save";
import { log } from "@/lib/log";
import { seedFromLogs } from "./progress";
import { finishSaving, release, type PredictionRow } from "./rows";
import type { SaveError } from "./schema";

/**
 * Copies every output file of a leased, succeeded prediction into our storage. What is there already is not copied again.
 * What fails is tried again until Replicate deletes it; what can never be kept is said to be so.
 * `now` (ms) is the database's clock.
 */
export async function save(row: PredictionRow, now: number): Promise<PredictionRow | null> {
  const files = outputFiles(row.output);
  const isOver = row.output_expires_at !== null && now > Date.parse(row.output_expires_at);
  // An hour after the end Replicate has removed the output itself.
  if (files.length === 0) return release(row, null, isOver ? "expired" : reasonForNoFiles(row.output));

  const kept = new Set((await listKept(row.id)).map((image) => image.position));
  const seed = seedOf(row);
  const failures: unknown[] = [];
  await Promise.all(
    files.map(async (url, position) => {
      if (kept.has(position)) return;
      try {
        await saveFile({ userId: row.user_id, predictionId: row.id, position, url, seed });
      } catch (error) {
        log.info("file_not_saved", { prediction: row.id, position, error });
        failures.push(error);
      }
    }),
  );
  if (failures.length === 0) return finishSaving(row, files.length);

  const permanent = failures.find((error) => error instanceof UnkeepableFile);
  if (permanent && failures.every((error) => error instanceof UnkeepableFile))
    return release(row, null, permanent.reason);
  if (isOver) return release(row, null, "expired");
  return release(row, Math.min(60, 2 ** Math.min(row.attempts, 6)), "retrying");
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
