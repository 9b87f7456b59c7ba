import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { shutdownSignal } from "@/lib/process-globals";
import { consumeRateLimit } from "@/lib/limits/count-requests";
import { log } from "@/lib/log";

/** Before each attempt (ms): at first the server is not up yet. */
const PAUSE = 2_000;
const ATTEMPTS = 5;
/** ms */
const TIMEOUT = 10_000;
/** Between two probes of one address by any instance (s): serverless instances start all the time. */
const INTERVAL = 60 * 60;

const Problem = z.object({ type: z.string() });

/**
 * Checks that Replicate's webhooks reach this app, by sending an unsigned one to its public address. Logs
 * `webhook_unreachable` with the reason; predictions still finish, because they are polled. All instances together
 * probe once an hour, and always when the database cannot be asked.
 */
export async function probeWebhook(url: string): Promise<void> {
  let problem: string | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await sleep(PAUSE, undefined, { signal: shutdownSignal, ref: false }).catch(() => {});
    if (shutdownSignal.aborted) return;
    // After the pause: an instance that ends earlier must not use up the probe of all instances.
    if (attempt === 0 && (await consumeRateLimit(`webhook probe ${url}`, 1, INTERVAL).catch(() => 0)) > 0) return;
    problem = await problemOf(url);
    if (problem === null) return log.info("webhook_reachable");
  }
  log.error("webhook_unreachable", { url, problem, meaning: "Replicate's webhooks do not arrive. Check APP_URL." });
}

/** Null when this app answers at the address: it refuses an unsigned webhook with its own error. */
async function problemOf(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const { status, headers } = response;
    const text = await response.text();
    if (status >= 300 && status < 400) {
      return `It redirects to ${headers.get("location") ?? "another address"}, and webhooks do not follow redirects.`;
    }
    const isOurs = status === 401 && typeOf(text) === "invalid_signature";
    return isOurs
      ? null
      : `It answered ${status} instead of Darkroom's 401 for an unsigned webhook. Another server may be in front.`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `It does not answer: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

function typeOf(text: string): string | null {
  try {
    return Problem.parse(JSON.parse(text)).type;
  } catch {
    return null;
  }
}
