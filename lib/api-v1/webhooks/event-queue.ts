import "server-only";
import { z } from "zod";
import { log } from "@/lib/log";
import { PredictionRow } from "@/lib/predictions/rows";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";

/** How many events of one user are sent to the same host at the same time, by all servers together. */
const PER_RECEIVER = 4;
/**
 * How long the lease of an event lasts (s). During this time, no other server sends the event. A lease is longer than the time
 * limit of a request.
 */
const LEASE = 30;
/** The pause after the first failed attempt to send an event (s). Each further failed attempt doubles the pause. */
const FIRST_PAUSE = 2;
/** The longest pause after a failed attempt (s). */
const LONGEST_PAUSE = 3600;

const Event = z.object({
  id: z.uuid(),
  lease_token: z.uuid(),
  attempts: z.int(),
  prediction: z.record(z.string(), z.unknown()),
  state: z.record(z.string(), z.unknown()),
});
/** An event that is leased to the caller. `row` is the prediction as it was at the time of the event. */
export type WebhookEvent = Pick<z.infer<typeof Event>, "id" | "lease_token" | "attempts"> & { row: PredictionRow };

/**
 * Leases at most `limit` events that are due, and returns them. An event that cannot be read is logged and released until its
 * next attempt, so that it does not delay the others. `isFull`: whether `limit` events were due, so that there may be more.
 * Throws `db_unavailable`.
 */
export async function claimEvents(limit: number): Promise<{ events: WebhookEvent[]; isFull: boolean }> {
  const parameters = { p_limit: limit, p_per_receiver: PER_RECEIVER, p_lease_seconds: LEASE };
  const claimed = z.array(Event).parse(unwrap(await adminClient().rpc("claim_webhook_events", parameters)));
  const events: WebhookEvent[] = [];
  for (const { prediction, state, ...event } of claimed) {
    const row = PredictionRow.safeParse({ ...prediction, ...state });
    if (row.success) {
      events.push({ ...event, row: row.data });
    } else {
      log.error("webhook_event_unreadable", { event: event.id, error: row.error });
      await retryEvent(event);
    }
  }
  return { events, isFull: claimed.length === limit };
}

/**
 * Deletes an event that was sent, unless another server has claimed the event in the meantime. After that, the next event of the
 * prediction may be sent.
 */
export async function deleteEvent({ id, lease_token }: WebhookEvent): Promise<void> {
  unwrap(await adminClient().from("webhook_events").delete().eq("id", id).eq("lease_token", lease_token));
}

/** Releases an event that could not be sent. The event is due again after a pause: see `FIRST_PAUSE`. */
export async function retryEvent({ id, lease_token }: Pick<WebhookEvent, "id" | "lease_token">): Promise<void> {
  const pauses = { p_first_pause_seconds: FIRST_PAUSE, p_longest_pause_seconds: LONGEST_PAUSE };
  unwrap(await adminClient().rpc("retry_webhook_event", { p_id: id, p_lease: lease_token, ...pauses }));
}
