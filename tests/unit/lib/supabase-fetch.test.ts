import { afterEach, expect, test, vi } from "vitest";
import { fetchWithin } from "@/lib/supabase/client-options";

afterEach(() => vi.unstubAllGlobals());

const lost = () => new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "UND_ERR_SOCKET" }) });

test("a GET whose idle connection was closed is sent again once, but nothing else is", async () => {
  const send = vi.fn<() => Promise<Response>>();
  vi.stubGlobal("fetch", send);
  send.mockRejectedValueOnce(lost()).mockResolvedValueOnce(Response.json({}));
  expect((await fetchWithin()("https://supabase.test")).status).toBe(200);
  for (const [error, method, times] of [
    [lost(), "GET", 2],
    [lost(), "POST", 1],
    [new DOMException("", "TimeoutError"), "GET", 1],
  ] as const) {
    send.mockReset().mockRejectedValue(error);
    await expect(fetchWithin()("https://supabase.test", { method })).rejects.toBe(error);
    expect(send).toHaveBeenCalledTimes(times);
  }
});
