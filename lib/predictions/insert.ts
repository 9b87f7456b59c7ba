import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import { shutdownSignal } from "@/lib/shutdown";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { queue, startRow, type StartLimits, type StartRequest } from "./rows";

/** Between two looks for a row while the database is away (s): together less than the lease that the row came with. */
const PAUSES = [1, 2, 4, 8, 16, 32];

/**
 * Admits a prediction and records it, as `start_prediction` says. Where its answer is lost nobody knows whether the row is
 * there, but surely nobody has sent it: it is put into the queue, from where it is sent once by whoever comes first. That
 * goes on after a `db_unavailable` was thrown, so that the same key asked again meets a prediction which is going on.
 */
export async function record(request: Omit<StartRequest, "id">, limits: StartLimits) {
  const id = randomUUID();
  try {
    return await startRow({ ...request, id }, limits);
  } catch (error) {
    if (!isLost(error)) throw error;
    const row = await queueOwn(id).catch((again: unknown) => {
      if (isLost(again)) after(() => queueLater(id));
      throw error;
    });
    if (!row) throw error;
    return { outcome: "replayed" as const, prediction: row };
  }
}

/** Null: there is no such row. One that another request made is never touched: its lease is not named like this. */
function queueOwn(id: string) {
  return queue({ id, lease_token: id }, 0);
}

/** What is not found then, because the database was away for longer, fails by itself and is given back. */
async function queueLater(id: string): Promise<void> {
  for (const pause of PAUSES) {
    await sleep(pause * 1000, undefined, { signal: shutdownSignal }).catch(() => {});
    if (shutdownSignal.aborted) return;
    try {
      await queueOwn(id);
      return;
    } catch (error) {
      if (!isLost(error)) throw error;
      log.info("row_not_queued_yet", { prediction: id });
    }
  }
}

function isLost(error: unknown): boolean {
  return error instanceof AppError && error.code === "db_unavailable";
}
