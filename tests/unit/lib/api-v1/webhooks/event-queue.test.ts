import { expect, test, vi } from "vitest";
import { claimEvents } from "@/lib/api-v1/webhooks/event-queue";
import { predictionRow } from "../../predictions/row";

const rpc = vi.hoisted(() => vi.fn<(name: string, parameters: object) => Promise<unknown>>());
const logged = vi.hoisted(() => vi.fn<(event: string, details: object) => void>());
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ rpc }) }));
vi.mock("@/lib/log", () => ({ log: { error: logged } }));

test("an event that cannot be read is logged and released, and the others are returned", async () => {
  const events = [{ status: "succeeded" }, { status: "unheard of" }, { status: "failed" }].map((state) => ({
    id: crypto.randomUUID(),
    lease_token: crypto.randomUUID(),
    attempts: 0,
    prediction: predictionRow(),
    state,
  }));
  rpc.mockResolvedValueOnce({ data: events, error: null }).mockResolvedValueOnce({ data: null, error: null });
  const claimed = await claimEvents(3);
  expect(claimed.events.map(({ id, row }) => [id, row.status])).toEqual([
    [events[0]?.id, "succeeded"],
    [events[2]?.id, "failed"],
  ]);
  expect(claimed.isFull).toBe(true);
  const unreadable = events[1];
  expect(logged).toHaveBeenCalledExactlyOnceWith(
    "webhook_event_unreadable",
    expect.objectContaining({ event: unreadable?.id }),
  );
  const released = expect.objectContaining({ p_id: unreadable?.id, p_lease: unreadable?.lease_token });
  expect(rpc).toHaveBeenLastCalledWith("retry_webhook_event", released);
});
