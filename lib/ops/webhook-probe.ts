import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { closing } from "@/lib/shutdown";
import { consumeRateLimit } from "@/lib/limits/rate-limit";
import { log } from "@/lib/log";

/** The server is not up yet when it begins to look (ms). */
const PAUSE = 2_000;
const TIMES = 5;
const ANSWER_WITHIN = 10_000;
/** Of one address, for all instances (s): on serverless they start all the time. */
const ONCE_IN = 60 * 60;

const Problem = z.object({ type: z.string() });

/**
 * Looks whether Replicate's webhooks would reach this app, by sending one without a signature to its public address. An
 * address that leads elsewhere loses every delivery without a word: it is logged as `webhook_unreachable`, with the reason.
 * Nothing else depends on it, for predictions are asked about when no webhook comes. Once an hour is enough for all
 * instances; where the database cannot say when that was, it looks.
 */
export async function probeWebhook(url: string): Promise<void> {
  let problem: string | null = null;
  for (let attempt = 0; attempt < TIMES; attempt += 1) {
    await sleep(PAUSE, undefined, { signal: closing, ref: false }).catch(() => {});
    if (closing.aborted) return;
    // Not before the pause: an instance that does not live so long must not have looked for the others.
    if (attempt === 0 && (await consumeRateLimit(`webhook probe ${url}`, 1, ONCE_IN).catch(() => 0)) > 0) return;
    problem = await problemOf(url);
    if (problem === null) return log.info("webhook_reachable");
  }
  log.error("webhook_unreachable", { url, problem, meaning: "Replicate's webhooks do not arrive. Check APP_URL." });
}

/** Null when the address is ours: it refuses what is not signed, in our own words. */
async function problemOf(url: string): Promise<string | null> {
  try {
    const { status, headers, text } = await post(url);
    if (status >= 300 && status < 400) {
      return `It redirects to ${headers.get("location") ?? "another address"}, and webhooks follow no redirect.`;
    }
    const isOurs = status === 401 && typeOf(text) === "invalid_signature";
    return isOurs
      ? null
      : `It answered ${status}, where Darkroom answers 401 to what is not signed. Something stands in front.`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `It does not answer: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

async function post(url: string) {
  const response = await fetch(url, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
    redirect: "manual",
    cache: "no-store",
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function typeOf(text: string): string | null {
  try {
    return Problem.parse(JSON.parse(text)).type;
  } catch {
    return null;
  }
}
