import { expect, test, vi } from "vitest";
import { claimEvents } from "@/lib/api-v1/webhooks/event-queue";
import { predictionRow } from "../../predictions/row";

const rpc = vi.hoisted(() => vi.fn<() => Promise<unknown>>());
const logged = vi.hoisted(() => vi.fn<(event: string, details: object) => void>());
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ rpc }) }));
vi.mock("@/lib/log", () => ({ log: { error: logged } }));

test("an event that cannot be read is logged, and the others are returned", async () => {
  const events = [{ status: "succeeded" }, { status: "unheard of" }, { status: "failed" }].map((state) => ({
    id: crypto.randomUUID(),
    lease_token: crypto.randomUUID(),
    attempts: 0,
    prediction: predictionRow(),
    state,
  }));
  rpc.mockResolvedValue({ data: events, error: null });
  const claimed = await claimEvents(20);
  expect(claimed.map(({ id, row }) => [id, row.status])).toEqual([
    [events[0]?.id, "succeeded"],
    [events[2]?.id, "failed"],
  ]);
  expect(logged).toHaveBeenCalledExactlyOnceWith(
    "webhook_event_unreadable",
    expect.objectContaining({ event: events[1]?.id }),
  );
});
