import { beforeAll, expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { sql } from "../support/sql";
import { makeSavedImage } from "../support/saved-image";
import { connect, connectAsService, createUser } from "../support/users";
import { findHref } from "./support/page-forms";

const stack = inject("stack");
const [user, stranger] = [await createUser(stack), await createUser(stack)];
const api = createApi(stack, user);

const [saved, failed, canceled] = [{ status: "succeeded" }, { status: "failed" }, { status: "canceled" }];
const savedAt = { saved_at: "2026-01-01T00:00:00Z" };
const [sdxl, flux] = ["stability-ai/sdxl", "black-forest-labs/flux-schnell"];
/** For each prediction, by its prompt: columns of its row, and the expected value of the column `outcome`. */
const outcomes = {
  "a running one": [{ status: "processing" }, "running"],
  "one in saving": [{ ...saved, save_error: "retrying" }, "running"],
  "a saved one": [{ ...saved, ...savedAt }, "saved"],
  "a partly saved one": [{ ...saved, ...savedAt, save_error: "dropped" }, "saved"],
  "an expired one": [{ ...saved, save_error: "expired" }, "failed"],
  "a failed one": [failed, "failed"],
  "a canceled one": [canceled, "canceled"],
  "an aborted one": [{ status: "aborted" }, "canceled"],
} as const;

let made = 0;

/** Inserts predictions that are never due, so that no sweep changes them. */
async function insert(rows: object[]) {
  const service = connectAsService(stack);
  const common = { user_id: user.id, model: sdxl, request_hash: "h", next_at: null, sent_at: null };
  await service
    .from("predictions")
    .insert(rows.map((row) => ({ ...common, saved_at: null, save_error: null, ...row, idempotency_key: `h${++made}` })))
    .throwOnError();
}

beforeAll(async () => {
  await insert(
    Object.entries(outcomes).map(([prompt, [state]], index) => ({
      ...state,
      input: { prompt },
      model: index % 2 ? flux : sdxl,
      created_at: `2026-03-0${index + 1}T23:59:59.999Z`,
    })),
  );
});

/** Reads a page of the history. Returns its prompts in order, and the link to older rows. */
async function page(query: string) {
  const answer = await fetch(`${stack.appUrl}/dashboard/history${query}`, { headers: user.cookie });
  const html = (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "");
  const older = findHref(html, "Show older");
  return { prompts: [...html.matchAll(/<bdi>(.*?)<\/bdi>/g)].map(([, prompt]) => prompt), older };
}

const promptsOf = (outcome: string) =>
  Object.entries(outcomes)
    .filter(([, [, word]]) => word === outcome)
    .map(([prompt]) => prompt)
    .toReversed();

test.each(["running", "saved", "failed", "canceled"])(
  "the history shows %s predictions, newest first",
  async (status) => {
    expect(promptsOf(status).length).toBeGreaterThan(0);
    expect((await page(`?status=${status}`)).prompts).toEqual(promptsOf(status));
  },
);

test("the history filters by model and by dates, the last day included", async () => {
  const all = Object.keys(outcomes).toReversed();
  expect((await page("")).prompts).toEqual(all);
  expect((await page(`?model=${flux}`)).prompts).toEqual(all.filter((_, index) => index % 2 === 0));
  expect((await page("?from=2026-03-03&to=2026-03-04")).prompts).toEqual(all.slice(4, 6));
  expect((await page(`?from=2026-03-03&to=2026-03-04&model=${sdxl}&status=saved`)).prompts).toEqual(["a saved one"]);
});

test("an invalid filter is ignored", async () => {
  expect((await page("?status=lost&model=%00&from=yesterday&to=9999-12-31&cursor=x")).prompts).toHaveLength(8);
});

test("the page of older rows has the same filter, and shows each row once", async () => {
  const prompts = Array.from({ length: 31 }, (_, index) => `row ${index}`);
  await insert(
    prompts.map((prompt) => ({ ...failed, input: { prompt }, model: "a/many", created_at: "2026-02-01T00:00:00Z" })),
  );
  const first = await page("?model=a/many&status=failed");
  expect(first.prompts).toHaveLength(30);
  expect(first.older).toMatch(/^\/dashboard\/history\?status=failed&model=a%2Fmany&cursor=/);
  const second = await page(first.older?.replace("/dashboard/history", "") ?? "");
  expect(new Set([...first.prompts, ...second.prompts])).toEqual(new Set(prompts));
  expect([second.prompts.length, second.older]).toEqual([1, undefined]);
});

test("the owner sees the last 30 days by day and model, with deleted images counted", async () => {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  await insert([
    { ...failed, input: {}, created_at: `${day(29)}T00:00:00Z`, metrics: { predict_time: 1.5 } },
    { ...failed, input: {}, created_at: `${day(29)}T23:59:59Z`, metrics: { predict_time: "soon" } },
    { ...failed, input: {}, created_at: `${day(30)}T23:59:59Z` },
  ]);
  const { prediction, image } = await makeSavedImage(api, "two for the count", 2);
  await api.ask(`/api/media/${image.id}`, { method: "DELETE" });

  const { data } = await user.supabase.rpc("history_totals").throwOnError();
  const [seconds] = [prediction.metrics?.predict_time];
  expect(data).toHaveLength(2);
  expect(data).toContainEqual({
    day: day(29),
    model: sdxl,
    predictions: 2,
    failed: 2,
    images: 0,
    seconds: 1.5,
    usd: 0,
  });
  expect(data).toContainEqual({
    day: day(0),
    model: sdxl,
    predictions: 1,
    failed: 0,
    images: 2,
    seconds,
    usd: prediction.cost_usd,
  });
  expect((await user.supabase.rpc("history_models").throwOnError()).data).toEqual(["a/many", flux, sdxl]);

  for (const name of ["history_totals", "history_models"]) {
    expect((await stranger.supabase.rpc(name).throwOnError()).data).toEqual([]);
    expect((await connect(stack).rpc(name)).error?.code).toBe("42501");
  }
});

test("a user sees only their own recent prompts, each once, however old", async () => {
  const [writer, reader] = [await createUser(stack), await createUser(stack)];
  const rows = ["once, long ago", "twice", "", "twice ", "often", ...Array.from({ length: 50 }, () => "often")];
  await insert(
    rows.map((prompt, index) => ({
      ...failed,
      user_id: writer.id,
      input: { prompt },
      created_at: new Date(Date.UTC(2026, 0, 1) + index * 6e4).toISOString(),
    })),
  );
  const ask = async ({ supabase }: typeof writer, p_limit: number) =>
    (await supabase.rpc("recent_prompts", { p_limit }).throwOnError()).data;
  await insert([{ ...failed, user_id: writer.id, input: { prompt: "words for a form" }, tool: "improve" }]);
  await insert([{ ...failed, user_id: writer.id, input: { prompt: "once more" }, tool: "upscale" }]);
  expect(await ask(writer, 50)).toEqual(["once more", "often", "twice", "once, long ago"]);
  expect(await ask(writer, 2)).toEqual(["once more", "often"]);
  expect(await ask(reader, 50)).toEqual([]);
  expect((await connect(stack).rpc("recent_prompts", { p_limit: 5 })).error?.code).toBe("42501");
});

test("each filter reads only as many rows as it shows", async () => {
  await sql(
    stack,
    `insert into predictions (user_id, idempotency_key, request_hash, model, input, status, next_at, created_at)
     select '${stranger.id}', n::text, 'h', case when n % 1000 = 0 then 'a/rare' else 'a/b' end, '{}',
       case when n % 1000 = 1 then 'failed' else 'canceled' end, null, now() - n * interval '1 minute'
     from generate_series(1, 5000) n`,
  );
  await sql(stack, "analyze predictions");
  const later = "now() - interval '4000 minutes'";
  const asked = {
    "outcome = 'failed'": /Index Scan using predictions_history_outcome /,
    "model = 'a/rare'": /Index Scan using predictions_history_model /,
    true: /Index Scan using predictions_history /,
    // The condition for the rows after a cursor that is far down the list.
    [`(created_at < ${later} or (created_at = now() and id < '${stranger.id}')) and created_at <= ${later}`]:
      /Index Scan using predictions_history .*Index Cond: [^"]*created_at <=/,
  };
  for (const [condition, pattern] of Object.entries(asked)) {
    const plan = await sql(
      stack,
      `explain select * from predictions where user_id = '${stranger.id}' and ${condition}
       order by created_at desc, id desc limit 31`,
    );
    expect(JSON.stringify(plan)).toMatch(pattern);
    expect(JSON.stringify(plan)).not.toContain("Sort");
  }
});

test("the totals are complete with more than a thousand rows of days and models", async () => {
  const busy = await createUser(stack);
  await sql(
    stack,
    `insert into predictions (user_id, idempotency_key, request_hash, model, input, status, next_at, created_at)
     select '${busy.id}', n::text, 'h', 'a/m' || n % 40, '{}', 'failed', null, now() - n / 40 * interval '1 day'
     from generate_series(0, 1159) n`,
  );
  const { data } = await busy.supabase.rpc("history_totals").throwOnError();
  expect(data).toHaveLength(1160);
  const answer = await fetch(`${stack.appUrl}/dashboard/history`, { headers: busy.cookie });
  expect((await answer.text()).replaceAll("<!-- -->", "")).toMatch(/1,?160/);
});
