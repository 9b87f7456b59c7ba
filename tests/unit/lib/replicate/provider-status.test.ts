import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recordResponse, providerOutage } from "@/lib/replicate/provider-outage";

const lines: { level: string; event: string; status: number }[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "Date"] });
  vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
});
afterEach(() => {
  recordResponse(200, true);
  vi.restoreAllMocks();
  vi.useRealTimers();
  lines.length = 0;
});

test("a refused token is an outage until any request succeeds", () => {
  vi.setSystemTime("2026-11-21T12:00:00Z");
  recordResponse(401, false);
  expect(providerOutage()).toEqual({ status: 401, since: "2026-11-21T12:00:00.000Z" });
  expect(lines).toMatchObject([{ level: "error", event: "provider_outage", status: 401 }]);
  recordResponse(200, false);
  expect(providerOutage()).toBeNull();
});

test("missing credit is an outage until a create succeeds, whatever reads do", () => {
  recordResponse(402, true);
  recordResponse(200, false);
  expect(providerOutage()).toMatchObject({ status: 402 });
  recordResponse(201, true);
  expect(providerOutage()).toBeNull();
});

test("an outage is logged once a minute, with the time of its start", () => {
  vi.setSystemTime("2026-11-21T12:00:00Z");
  for (let second = 0; second < 150; second++) {
    recordResponse(402, true);
    vi.advanceTimersByTime(1000);
  }
  expect(lines).toHaveLength(3);
  expect(providerOutage()?.since).toBe("2026-11-21T12:00:00.000Z");
});

test("an error of one request is not an outage", () => {
  for (const status of [400, 403, 404, 422, 429, 500, 502]) recordResponse(status, true);
  expect([providerOutage(), lines]).toEqual([null, []]);
});
