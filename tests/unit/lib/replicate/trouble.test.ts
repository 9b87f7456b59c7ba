import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noteAnswer, providerTrouble } from "@/lib/replicate/trouble";

const lines: { level: string; event: string; status: number }[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "Date"] });
  vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
});
afterEach(() => {
  noteAnswer(200, true);
  vi.restoreAllMocks();
  vi.useRealTimers();
  lines.length = 0;
});

test("a token that is not accepted is told and logged until anything is answered", () => {
  vi.setSystemTime("2026-11-21T12:00:00Z");
  noteAnswer(401, false);
  expect(providerTrouble()).toEqual({ status: 401, since: "2026-11-21T12:00:00.000Z" });
  expect(lines).toMatchObject([{ level: "error", event: "provider_trouble", status: 401 }]);
  noteAnswer(200, false);
  expect(providerTrouble()).toBeNull();
});

test("missing credit is over with a create that succeeds, not with an answered question", () => {
  noteAnswer(402, true);
  noteAnswer(200, false);
  expect(providerTrouble()).toMatchObject({ status: 402 });
  noteAnswer(201, true);
  expect(providerTrouble()).toBeNull();
});

test("while it lasts it is logged once a minute, and keeps when it began", () => {
  vi.setSystemTime("2026-11-21T12:00:00Z");
  for (let second = 0; second < 150; second++) {
    noteAnswer(402, true);
    vi.advanceTimersByTime(1000);
  }
  expect(lines).toHaveLength(3);
  expect(providerTrouble()?.since).toBe("2026-11-21T12:00:00.000Z");
});

test("what is wrong with one request says nothing about the installation", () => {
  for (const status of [400, 403, 404, 422, 429, 500, 502]) noteAnswer(status, true);
  expect([providerTrouble(), lines]).toEqual([null, []]);
});
