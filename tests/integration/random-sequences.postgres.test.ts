import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { outputFiles } from "@/lib/media/output-files";
import type { PredictionRow } from "@/lib/predictions/rows";
import { loadApp, unloadApp } from "./support/load-app";
import { ENDS, parse, sequence, type Answer, type Sequence, type Word } from "./support/random-sequence";
import { markRequests, playing, startScriptedReplicate, type Reply, type Script } from "./support/scripted-replicate";
import { isFull, size } from "../support/form";
import { sql } from "../support/sql";
import { startStack, type Stack } from "../support/stack";
import { createUser, type User } from "../support/users";

// Random sequences of responses and webhooks from Replicate. After each step, the status of the row must follow from what
// Replicate has reported. The full form tests 10,000 sequences from a random seed, the short form ten from a fixed seed. A
// failure prints its seed and, in the short form, the shortest sequence that fails.
const seed = isFull ? Date.now() % 2 ** 31 : 1;
/** The number of images, and the number of US dollars, in the usage of each day before the sequences start. */
const EARLIER = 1_000_000;
/** `BATCH` predictions run at the same time. This is repeated `BATCHES` times. */
const BATCH = size(10, 20);
const BATCHES = size(1, 500);

// Other tests cover how files are saved. Here, a file whose URL contains `dead` is never available, and any other file is
// saved.
vi.mock("@/lib/media/save-file", async () => {
  const { UnavailableFile } = await import("@/lib/media/file-errors");
  const { adminClient } = await import("@/lib/supabase/admin-client");
  return {
    async saveFile({ predictionId, position, url }: { predictionId: string; position: number; url: string }) {
      if (url.includes("dead")) throw new UnavailableFile("unavailable", "The file is gone.");
      const file = { content_type: "image/png", width: 8, height: 8, bytes: 70, sha256: "0".repeat(64) };
      const p_media = { ...file, position, storage_path: `${predictionId}/${position}.png`, source_url: url };
      await adminClient().rpc("save_media", { p_prediction: predictionId, p_media }).throwOnError();
    },
  };
});

let stack: Stack;
let replicate: Awaited<ReturnType<typeof startScriptedReplicate>>;
let user: User;
/** The functions of lib, in this process. No server is running, so no sweep changes the rows. */
let app: Awaited<ReturnType<typeof loadApp>>;

beforeAll(async () => {
  stack = await startStack({ next: false });
  replicate = await startScriptedReplicate();
  user = await createUser(stack);
  for (const [name, value] of Object.entries(stack.env)) vi.stubEnv(name, value);
  for (const limit of ["MAX_IN_FLIGHT", "CREATES_PER_MINUTE", "DAILY_IMAGES", "DAILY_USD"])
    vi.stubEnv(`${limit}_PER_USER`, "1000000000");
  for (const limit of ["PER_NEW_USER", "TOTAL"]) vi.stubEnv(`DAILY_IMAGES_${limit}`, "1000000000");
  vi.stubEnv("REPLICATE_API_BASE_URL", `${replicate.origin}/v1`);
  vi.stubEnv("REPLICATE_DELIVERY_ORIGINS", "https://replicate.delivery");
  markRequests(replicate.origin);
  app = await loadApp();
  for (const stream of [process.stderr, process.stdout]) vi.spyOn(stream, "write").mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  unloadApp();
  await replicate.close();
  await stack.stop();
});

function play(played: Sequence, number: number, key: string = crypto.randomUUID()) {
  return playing.run(key, () => playAs(key, played, number));
}

/** Runs a sequence to its end. Throws if the status of the row ever does not follow from what Replicate has reported. */
async function playAs(key: string, { create, isListed, steps, end }: Sequence, number: number) {
  const remote = `r${key.replaceAll("-", "").slice(0, 25)}`;
  const toBody = (said: Word) =>
    JSON.stringify({ id: remote, created_at: new Date().toISOString(), input: { prompt: key }, ...said });
  const toReply = (said: Answer): Reply =>
    "word" in said ? { body: toBody(said.word) } : "text" in said ? { body: said.text } : said;
  const script: Script = { id: remote, create: toReply(create), isListed, reply: { status: 404 }, served: [] };
  replicate.scripts.set(key, script);

  const isEnd = (said: Word | null) => said?.id === remote && ENDS.includes(String(said.status));
  /** The first final status that Replicate has reported for this prediction. */
  let reported: unknown = null;
  let wasCanceledUnsent = false;
  let last: PredictionRow;
  async function check(delivered: Word | null = null) {
    const row = await app.findRow(id);
    if (!row) throw new Error("The row is gone.");
    // An end in a webhook always counts as reported. An end in a response counts only if the row has this prediction's id as
    // its `replicate_id`.
    const answered = script.served.splice(0).map(parse);
    const heard = [delivered, ...(row.replicate_id === remote ? answered : [])];
    const wasFinal = ENDS.includes(last.status) && !last.provisional;
    if (!wasFinal) reported ??= heard.find(isEnd)?.status ?? null;
    const isFinal = ENDS.includes(row.status) && !row.provisional;
    if (reported !== null) expect(row).toMatchObject({ status: reported, provisional: false });
    else if (isFinal && row.status === "failed") expect(row.error_code ?? "provider_refused").toBe("provider_refused");
    else if (isFinal) expect([row.status, wasCanceledUnsent]).toEqual(["canceled", true]);
    if (wasFinal) expect(row.status).toBe(last.status);
    last = row;
    return row;
  }

  const id = crypto.randomUUID();
  const request = { id, user_id: user.id, idempotency_key: key, request_hash: "h", model: "a/b", version: null };
  const more = {
    tool: null,
    parent_image_id: null,
    input: { prompt: key },
    image_count: 1 + (number % 3),
    price: { basis: "price" as const, usual: 0.01 * (1 + (number % 3)), file: 0.01 },
    max_usd: 0.01 * (1 + (number % 3)),
    streams: false,
    lease_seconds: 90,
  };
  const inserted = await app.insertRow({ ...request, ...more });
  if (inserted.outcome !== "created") throw new Error(inserted.outcome);
  last = inserted.prediction;
  await (
    await app.sendPrediction(last)
  ).saved;
  let row = await check();

  async function poll(said: Answer, minutes = 0) {
    script.reply = toReply(said);
    script.create = toReply({ word: { status: "starting" } });
    const older = ["created_at", "sent_at", "completed_at", "output_expires_at", "cancel_requested_at"]
      .map((column) => `${column} = ${column} - interval '${minutes} minutes'`)
      .join();
    const due = "next_at = case when next_at is not null then now() end, lease_until = null, lease_token = null";
    await sql(stack, `update predictions set ${older}, ${due} where id = '${id}'`);
    await app.advancePrediction(id);
    return check();
  }

  for (const next of steps) {
    if (next.type === "webhook") {
      await app.handleWebhook(id, toBody(next.word), []);
    } else if (next.type === "outage") {
      await poll({ status: 503 }, 40);
    } else if (next.type === "cancel") {
      wasCanceledUnsent ||= row.status === "queued" && row.sent_at === null;
      await app.requestCancel(id, user.id);
    } else if (next.type === "age") {
      await sql(
        stack,
        `update predictions set created_at = created_at - interval '${next.minutes} minutes',
        sent_at = sent_at - interval '${next.minutes} minutes' where id = '${id}'`,
      );
    } else {
      await poll(next.answer);
    }
    row = await check(next.type === "webhook" ? parse(toBody(next.word)) : null);
  }

  // Whatever Replicate responds from now on, the prediction ends.
  for (let round = 0; round < 20 && row.next_at !== null; round += 1) row = await poll(end, 40);
  expect(row).toMatchObject({ next_at: null, status: expect.stringMatching(/succeeded|failed|canceled|aborted/) });
  const [{ images } = { images: 0 }] = await sql<{ images: number }>(
    stack,
    `select count(*)::int as images from sdxl_images where prediction_id = '${id}'`,
  );
  const files = row.status === "succeeded" ? outputFiles(row.output) : [];
  expect(images).toBe(files.filter((url) => url.includes("alive")).length);
  expect(row.status !== "succeeded" || row.counted_images === Math.max(1, files.length)).toBe(true);
  expect(row.status !== "succeeded" || row.cost_usd === Math.max(1, files.length) / 100).toBe(true);
  replicate.scripts.delete(key);
}

test(
  `${BATCH * BATCHES} random sequences end as Replicate said, and are counted once, seed ${seed}`,
  { timeout: 3 * 3_600_000 },
  async () => {
    const bystander = await createUser(stack);
    await sql(
      stack,
      `insert into predictions (user_id, idempotency_key, request_hash, model, input, replicate_id, next_at)
     values ('${bystander.id}', 'bystander', 'h', 'a/b', '{}', 'bystander00000000000000000', '2100-01-01')`,
    );
    // The sequences move the creation of a row to an earlier day. A refund is subtracted from the usage of that day, which
    // must be high enough.
    const days = "generate_series(current_date - 3, current_date + 1, interval '1 day') day";
    await sql(stack, `insert into usage_daily select '${user.id}', day, ${EARLIER}, ${EARLIER} from ${days}`);
    const read = () => sql(stack, `select * from predictions where user_id = '${bystander.id}'`);
    const before = await read();
    await fc.assert(
      fc.asyncProperty(fc.array(sequence, { minLength: BATCH, maxLength: BATCH }), async (batch) => {
        await Promise.all(batch.map((one, number) => play(one, number)));
        const counted = `select sum(counted_images), sum(counted_usd) from predictions where user_id = '${user.id}'`;
        const usage = `select (sum(used - ${EARLIER}), sum(usd - ${EARLIER})) = (${counted}) as agrees from usage_daily where user_id = '${user.id}'`;
        expect(await sql(stack, usage)).toEqual([{ agrees: true }]);
        expect(await read()).toEqual(before);
      }),
      // In the full form, no shorter sequence that fails is searched for, because this takes hours.
      { numRuns: BATCHES, seed, endOnFailure: isFull },
    );
  },
);
