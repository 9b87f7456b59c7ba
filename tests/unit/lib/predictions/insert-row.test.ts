import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { startFileServer } from "@/tests/support/file-server";
import { predictionRow } from "./row";
import { stubSettings } from "../stub-settings";

// `after` works only in a request, and these tests have none. So this fake collects the work, and a test itself runs the work.
// The pauses are recorded, but the tests do not wait for them.
const later = vi.hoisted((): { work: (() => Promise<void>)[]; pauses: number[] } => ({ work: [], pauses: [] }));
vi.mock("next/server", () => ({ after: (work: () => Promise<void>) => void later.work.push(work) }));
vi.mock("node:timers/promises", () => ({ setTimeout: async (pause: number) => void later.pauses.push(pause) }));

beforeEach(() => {
  later.work = [];
  later.pauses = [];
});
afterEach(() => void vi.unstubAllEnvs());

type Answer = "lost" | object;

/**
 * Returns `insert`, which calls `insertPrediction`, and the calls that reached the database. `answers` has a list for each
 * database function: each call of the function gets the next answer in the list. The last answer is repeated.
 */
async function insertingInto(answers: Record<string, Answer[]>) {
  const asked: { name: string; parameters: { p_request?: { id: string }; p_id?: string } }[] = [];
  const answerTo = (name: string) => {
    const left = answers[name] ?? [];
    return left.length > 1 ? left.shift() : left[0];
  };
  const server = await startFileServer((request, response) => {
    void text(request).then((body) => {
      const name = (request.url ?? "").replace("/rest/v1/rpc/", "");
      asked.push({ name, parameters: JSON.parse(body) });
      const answer = answerTo(name);
      if (!answer || answer === "lost") return request.socket.destroy();
      return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  onTestFinished(() => server.close());
  vi.resetModules();
  stubSettings({ NEXT_PUBLIC_SUPABASE_URL: server.origin });
  const { insertPrediction } = await import("@/lib/predictions/insert-row");
  const request = {
    user_id: row.user_id,
    idempotency_key: "k",
    request_hash: "h",
    model: "a/b",
    version: null,
    tool: null,
    parent_image_id: null,
    input: {},
    image_count: 1,
    price: { basis: "price" as const, usual: 0.04, file: 0.04 },
    max_usd: 0.04,
    streams: false,
    lease_seconds: 90,
  };
  return { asked, insert: (input = {}) => insertPrediction({ ...request, input }) };
}

const row = predictionRow({ status: "queued" });
const names = (asked: { name: string }[]) => asked.map(({ name }) => name);

test("an insert that is confirmed is one query", async () => {
  const { asked, insert } = await insertingInto({ start_prediction: [{ outcome: "created", prediction: row }] });
  expect((await insert()).outcome).toBe("created");
  expect(names(asked)).toEqual(["start_prediction"]);
});

test("a row whose insert was not confirmed is queued by its own id and lease, and not sent", async () => {
  const { asked, insert } = await insertingInto({ start_prediction: ["lost"], queue_prediction: [[row]] });
  expect(await insert()).toEqual({ outcome: "unknown", row });
  expect(names(asked)).toEqual(["start_prediction", "queue_prediction"]);
  const id = asked[0]?.parameters.p_request?.id;
  expect(asked[1]?.parameters).toEqual({ p_id: id, p_lease: id, p_next_in: 0, p_throttled: false });
});

test("a row with secrets is not queued: it ends, because its secrets are not saved", async () => {
  const { asked, insert } = await insertingInto({ start_prediction: ["lost"], update_prediction: [[row]] });
  expect(await insert({ key: "[REDACTED]" })).toEqual({ outcome: "unknown", row });
  const id = asked[0]?.parameters.p_request?.id;
  const update = expect.objectContaining({ status: "failed", error: expect.stringContaining("secret") });
  expect(asked[1]).toMatchObject({
    name: "update_prediction",
    parameters: { p_id: id, p_lease: id, p_update: update },
  });
});

test("a row with secrets ends later if the database is away", async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { asked, insert } = await insertingInto({ start_prediction: ["lost"], update_prediction: ["lost", [row]] });
  await expect(insert({ key: "[REDACTED]" })).rejects.toMatchObject({ code: "db_unavailable" });
  await later.work[0]?.();
  expect(names(asked)).toEqual(["start_prediction", "update_prediction", "update_prediction"]);
});

test("when no row was inserted, the database error is thrown", async () => {
  const { insert } = await insertingInto({ start_prediction: ["lost"], queue_prediction: [[]] });
  await expect(insert()).rejects.toMatchObject({ code: "db_unavailable" });
  expect(later.work).toEqual([]);
});

test("while the database is away, the row is queued after the response", async () => {
  const lines = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { asked, insert } = await insertingInto({
    start_prediction: ["lost"],
    queue_prediction: ["lost", "lost", [row]],
  });
  await expect(insert()).rejects.toMatchObject({ code: "db_unavailable" });
  expect(later.work).toHaveLength(1);
  await later.work[0]?.();
  expect(names(asked)).toEqual(["start_prediction", ...Array(3).fill("queue_prediction")]);
  expect(new Set(asked.map(({ parameters: { p_id, p_request } }) => p_id ?? p_request?.id)).size).toBe(1);
  expect(later.pauses).toEqual([1000, 2000]);
  expect(lines).toHaveBeenCalledTimes(1);
});

test("queueing is tried for less time than the lease lasts", async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { insert } = await insertingInto({ start_prediction: ["lost"], queue_prediction: ["lost"] });
  await expect(insert()).rejects.toMatchObject({ code: "db_unavailable" });
  await later.work[0]?.();
  expect(later.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(90_000);
});

test.each([
  ["quota_exceeded", "quota_exceeded", /images are used up/, true],
  ["blocked", "blocked", /account is blocked/, false],
  ["key_quota_exceeded", "quota_exceeded", /API key has used all its images for today/, true],
  ["key_budget_exceeded", "budget_exceeded", /This is the limit of the API key\.$/, true],
  ["key_refused", "unauthenticated", /revoked or has expired/, false],
  ["spend_cap", "spend_cap", /All users .* together have reached the daily limit/, true],
  ["in_flight_limit", "in_flight_limit", /too many runs in progress/, true],
  ["storage_limit", "storage_limit", /^Your storage is full\. Delete something in the gallery/, false],
  ["storage_total_limit", "storage_limit", /all users together is full\. Delete something/, false],
])("a request refused as %s says why, and when to try again", async (outcome, code, message, isTemporary) => {
  const { insert } = await insertingInto({ start_prediction: [{ outcome }] });
  const error = { code, message: expect.stringMatching(message) };
  await expect(insert()).rejects.toMatchObject(error);
  const wait = await insert().catch((refusal: { retryAfter?: number }) => refusal.retryAfter);
  expect(typeof wait === "number" && wait > 0).toBe(isTemporary);
});

test.each([
  [
    0.3,
    5,
    "This run may cost up to $0.04, but only $0.30 of today's budget of $5.00 is left. The budget resets at 00:00 UTC.",
  ],
  [0.004, 2, "Today's budget of $2.00 is used up. The budget resets at 00:00 UTC."],
  [0.03, 0.03, "This run may cost up to $0.04. That is more than the daily budget of $0.03."],
])("with $%d left of a budget of $%d, a refused request says so", async (left_usd, limit_usd, message) => {
  const { insert } = await insertingInto({ start_prediction: [{ outcome: "budget_exceeded", left_usd, limit_usd }] });
  await expect(insert()).rejects.toMatchObject({ code: "budget_exceeded", message });
});
