import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { whileSignedIn } from "@/lib/account/sessions";

const rpc = vi.hoisted(() => vi.fn<(...call: unknown[]) => Promise<object>>());
vi.mock("@/lib/supabase/admin-client", () => ({ adminClient: () => ({ rpc }) }));
vi.mock("@/lib/supabase/user-client", () => ({}));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  rpc.mockReset().mockResolvedValue({ data: true, error: null });
});
afterEach(() => vi.useRealTimers());

/** A download of ten chunks, one per second. */
async function* download() {
  for (let chunk = 0; chunk < 10; chunk += 1) {
    yield new Uint8Array([chunk]);
    vi.advanceTimersByTime(1001);
  }
}

async function receive(sessionId: string | null) {
  const received: number[] = [];
  for await (const [chunk = -1] of whileSignedIn(sessionId, download())) received.push(chunk);
  return received;
}

test("a long download checks its session every five seconds", async () => {
  expect(await receive("session")).toHaveLength(10);
  expect(rpc.mock.calls).toEqual([["session_exists", { p_id: "session" }]]);
});

test("a download ends after its session has ended", async () => {
  rpc.mockResolvedValue({ data: false, error: null });
  const received: number[] = [];
  const reading = (async () => {
    for await (const [chunk = -1] of whileSignedIn("session", download())) received.push(chunk);
  })();
  await expect(reading).rejects.toThrow("The session has ended.");
  expect(received).toEqual([0, 1, 2, 3, 4]);
});

test("a token without a session needs no check", async () => {
  expect(await receive(null)).toHaveLength(10);
  expect(rpc).not.toHaveBeenCalled();
});
