import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { shutdownSignal } from "@/lib/process-globals";
import { consumeRateLimit } from "@/lib/limits/request-limits";
import { log } from "@/lib/log";

/** The pause before each attempt (ms). The server may still be starting. */
const PAUSE = 2_000;
const ATTEMPTS = 5;
/** The time limit of a request (ms). */
const TIMEOUT = 10_000;
/**
 * All servers together send at most one probe to a URL in this time (s). On a serverless host, servers start often, and would
 * otherwise send many probes.
 */
const INTERVAL = 60 * 60;

/** The error with which this app rejects a webhook without a signature. */
const Rejection = z.object({ type: z.literal("invalid_signature") });

/**
 * Checks that Replicate's webhooks can reach this app: sends a webhook without a signature to the app's public URL. If the
 * webhook does not arrive, logs `webhook_unreachable` with the reason. Even then, predictions finish, because they are polled.
 * All servers together probe once an hour. While the database is unavailable, the probes cannot be counted, so every server
 * probes.
 */
export async function probeWebhook(url: string): Promise<void> {
  let problem: string | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await sleep(PAUSE, undefined, { signal: shutdownSignal, ref: false }).catch(() => {});
    if (shutdownSignal.aborted) return;
    // The probe is counted only after the pause. Otherwise a server that ends during the pause would use up the one probe an
    // hour that all servers share.
    if (attempt === 0 && (await consumeRateLimit(`webhook probe ${url}`, 1, INTERVAL).catch(() => 0)) > 0) return;
    problem = await problemOf(url);
    if (problem === null) return log.info("webhook_reachable");
  }
  log.error("webhook_unreachable", { url, problem, meaning: "Replicate's webhooks do not arrive. Check APP_URL." });
}

/** Sends a webhook without a signature to the URL. Returns what is wrong, or null if this app has responded to the webhook. */
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
    const body: unknown = await response.json().catch(() => null);
    if (status >= 300 && status < 400) {
      return `The URL redirects to ${headers.get("location") ?? "another URL"}, and webhooks do not follow redirects.`;
    }
    if (status === 401 && Rejection.safeParse(body).success) return null;
    return `The URL responded with ${status}, but not with this app's response to an unsigned webhook (401, \`invalid_signature\`). Another server may answer at this URL.`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `There is no response: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
