import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { log } from "@/lib/log";
import { outputFiles } from "@/lib/media/output-files";
import type { PredictionUpdate } from "@/lib/predictions/to-update";
import type { PredictionRow } from "@/lib/predictions/rows";
import { processState, shutdownSignal, type Running } from "@/lib/process-globals";

/** The shortest time between two writes of a prediction's progress (ms). A model may report progress twice a second. */
const WRITE_EVERY = 2_000;

const { running } = processState;

/**
 * Keeps the state of a running prediction in memory for `holdProgress`. Call this after each webhook that was written to the
 * database, with the changed row, or with null if there is no such row.
 */
export function keepRunning(id: string, row: PredictionRow | null) {
  if (row?.status !== "processing") return dropRunning(id);
  const { replicate_id, error, output, links } = row;
  const known = running.get(id) ?? { latest: null, isWriting: false };
  running.set(id, Object.assign(known, { replicate_id, error, output, links, writtenAt: performance.now() }));
}

/**
 * Removes a prediction from memory, together with its progress that is not written yet. Call this before a newer update is
 * written.
 */
export function dropRunning(id: string) {
  const known = running.get(id);
  if (known) known.latest = null;
  running.delete(id);
}

/**
 * Keeps an update in memory for now, if only its logs, its progress or the text of its output is new. Readers in this process
 * get the new values immediately. The new values are written to the database at most every two seconds. Returns null if the
 * update was not kept: the caller must write the update now. If this call has started to write, `written` is a promise that
 * resolves after the write. Pass it to `after`, so that the host does not stop the process before the write has ended. If an
 * earlier call is already writing, `written` is null.
 */
export function holdProgress(
  id: string,
  update: PredictionUpdate,
  write: (update: PredictionUpdate) => Promise<unknown>,
): { written: Promise<void> | null } | null {
  const known = running.get(id);
  if (!known || !isProgress(known, update)) return null;
  if (!known.isWriting && performance.now() - known.writtenAt >= WRITE_EVERY) return null;
  const { logs = "", progress = null, output = null, links = [] } = update;
  const latest = { logs, progress, output, links, write: () => write(update) };
  if (!known.latest || sizeOf(latest) >= sizeOf(known.latest)) known.latest = latest;
  return { written: known.isWriting ? null : writeLatest(id, known) };
}

/** Returns the row with the newest progress, which may be only in memory. */
export function withProgress<Row extends PredictionRow>(row: Row): Row {
  const { replicate_id, latest } = running.get(row.id) ?? {};
  if (!latest || row.status !== "processing" || row.replicate_id !== replicate_id) return row;
  const progress = latest.progress === null ? row.progress : Math.max(latest.progress, row.progress ?? 0);
  const logs = latest.logs.length > row.logs.length ? latest.logs : row.logs;
  if (latest.output === null) return { ...row, progress, logs };
  return { ...row, progress, logs, output: latest.output, links: latest.links };
}

function isProgress(
  known: Running,
  { status, replicate_id, error = null, output = null, links }: PredictionUpdate,
): boolean {
  return (
    status === "processing" &&
    replicate_id === known.replicate_id &&
    error === known.error &&
    // Compares the files, because a new file must be shown immediately. The text of the output may differ, because it grows
    // with every word.
    isDeepStrictEqual(outputFiles(output, links), outputFiles(known.output, known.links))
  );
}

/** Returns a number that grows while a prediction runs. Of two updates, the one with the larger number is newer. */
function sizeOf({ logs, output }: Pick<PredictionRow, "logs" | "output">): number {
  return logs.length + JSON.stringify(output ?? null).length;
}

/**
 * Writes the latest progress to the database, until all of it is written. If a write fails, the next webhook or poll writes
 * newer progress.
 */
async function writeLatest(id: string, known: Running): Promise<void> {
  known.isWriting = true;
  try {
    for (;;) {
      const wait = known.writtenAt + WRITE_EVERY - performance.now();
      await sleep(Math.max(0, wait), undefined, { signal: shutdownSignal }).catch(() => {});
      const { latest } = known;
      if (!latest) return;
      await latest.write();
      if (known.latest === latest) known.latest = null;
      if (!known.latest) return;
    }
  } catch (error) {
    log.info("progress_not_written", { prediction: id, error });
  } finally {
    known.isWriting = false;
  }
}
