import { randomUUID } from "node:crypto";
import { beforeAll, expect, inject, test } from "vitest";
import { sql } from "../support/sql";
import { connect, connectAsService, createUser } from "../support/users";
import { findHref } from "./support/page-forms";

const stack = inject("stack");
const [user, stranger] = [await createUser(stack), await createUser(stack)];
const [sdxl, flux] = ["stability-ai/sdxl", "black-forest-labs/flux-schnell"];

/** Inserts images. The first one is from 2026-03-09, and each further image is one day older. */
async function insert(
  { id: user_id }: typeof user,
  images: { prompt: string; tool?: string; [more: string]: unknown }[],
) {
  const service = connectAsService(stack);
  const ids = new Map<string | null, string>();
  for (const tool of new Set(images.map((image) => image.tool ?? null))) {
    const id = randomUUID();
    ids.set(tool, id);
    const common = { status: "succeeded", next_at: null, saved_at: "2026-01-01T00:00:00Z", request_hash: "h" };
    await service
      .from("predictions")
      .insert({ ...common, id, user_id, tool, model: sdxl, input: {}, idempotency_key: id })
      .throwOnError();
  }
  const rows = images.map(({ tool, ...image }, position) => ({
    user_id,
    prediction_id: ids.get(tool ?? null),
    position,
    model: sdxl,
    input: {},
    storage_path: `${user_id}/${randomUUID()}.png`,
    content_type: "image/png",
    width: 1,
    height: 1,
    bytes: 70,
    sha256: "0".repeat(64),
    source_url: "https://replicate.delivery/x.png",
    created_at: `2026-03-0${9 - position}T23:59:59.999Z`,
    favorite: false,
    purge_at: null,
    ...image,
  }));
  await service.from("sdxl_images").insert(rows).throwOnError();
}

beforeAll(async () => {
  await insert(user, [
    { prompt: "a red fox, 35mm" },
    { prompt: "a black-and-white barn", model: flux, favorite: true },
    { prompt: "foxglove in the rain", tool: "upscale" },
    { prompt: "l'été à Évian", favorite: true },
    { prompt: "a fox that was deleted", purge_at: "2100-01-01T00:00:00Z", model: "a/gone", content_type: "audio/wav" },
    { prompt: "雨の中の狐", model: flux },
  ]);
  await insert(stranger, [{ prompt: "a stranger's fox" }, { prompt: "a stranger's clip", content_type: "video/mp4" }]);
});

/** Reads a page of the gallery. Returns the images' prompts in order, the link to older images, the status and the HTML. */
async function page(query: string, who = user) {
  const answer = await fetch(`${stack.appUrl}/dashboard/gallery${query}`, { headers: who.cookie });
  const html = (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "");
  const prompts = [...html.matchAll(/<img [^>]*alt="([^"]*)"/g)].map(([, prompt = ""]) =>
    prompt.replaceAll("&#x27;", "'"),
  );
  return { status: answer.status, prompts, older: findHref(html, "Show older"), html };
}
const search = async (words: string) => (await page(`?q=${encodeURIComponent(words)}`)).prompts;

const all = ["a red fox, 35mm", "a black-and-white barn", "foxglove in the rain", "l'été à Évian", "雨の中の狐"];
const [fox, barn, foxglove, lake, rain] = all;

test("the gallery shows the owner's saved images, newest first, without deleted ones", async () => {
  expect((await page("")).prompts).toEqual(all);
});

test.each([
  ["fox", [fox, foxglove]],
  ["FOX", [fox, foxglove]],
  ["fo re", [fox]],
  ["fox rain", [foxglove]],
  ["fox barn", []],
  ["black-and", [barn]],
  ["été", [lake]],
  ["雨の中", [rain]],
  ["35", [fox]],
  ["stranger", []],
  ["deleted", []],
])("a search for %s finds %j", async (words, found) => {
  expect(await search(words)).toEqual(found);
});

test.each(["'", "\\", "a' & b", "fox' | 'barn", "!fox", "fox:*", "(", "''", "%", "*", "' or true --", "\0", "🦊"])(
  "a search for %j treats it as plain text",
  async (words) => {
    const { status, prompts } = await page(`?q=${encodeURIComponent(words)}`);
    expect(status).toBe(200);
    expect(prompts.filter((prompt) => prompt.includes("stranger") || prompt.includes("deleted"))).toEqual([]);
  },
);

test("a sign-in leads back to the open image and its filter", async () => {
  const { headers } = await fetch(`${stack.appUrl}/dashboard/gallery?q=fox&image=x`, { redirect: "manual" });
  expect(headers.get("location")).toMatch(/\/login\?next=%2Fdashboard%2Fgallery%3Fq%3Dfox%26image%3Dx$/);
});

test("the gallery filters by favorite, model, tool and dates, also combined", async () => {
  expect((await page("?favorites=1")).prompts).toEqual([barn, lake]);
  expect((await page(`?model=${flux}`)).prompts).toEqual([barn, rain]);
  expect((await page("?tool=upscale")).prompts).toEqual([foxglove]);
  expect((await page("?from=2026-03-07&to=2026-03-08")).prompts).toEqual([barn, foxglove]);
  expect((await page(`?q=barn&favorites=1&model=${flux}&to=2026-03-08`)).prompts).toEqual([barn]);
});

test("the gallery filters by kind, when there is more than one", async () => {
  const videos = await page("?kind=video", stranger);
  expect([videos.prompts, videos.html]).toEqual([[], expect.stringContaining("a stranger&#x27;s clip")]);
  expect((await page("?kind=image", stranger)).prompts).toEqual(["a stranger's fox"]);
  expect(videos.html).toContain('aria-label="Kind"');
  expect((await page("")).html).not.toContain('aria-label="Kind"');
});

test("an invalid filter is ignored", async () => {
  expect(
    (await page("?favorites=yes&kind=film&model=%00&tool=%27&from=yesterday&to=9999-12-31&cursor=x")).prompts,
  ).toEqual(all);
});

test("each empty page says why it is empty and links to images", async () => {
  for (const [query, words] of [
    ["?q=daguerreotype", "No images match “daguerreotype”"],
    ["?favorites=1&q=fox", "No images match"],
    ["?tool=restore", "No images match"],
  ] as const) {
    expect((await page(query)).html).toContain(words);
    expect((await page(query)).html).toMatch(/href="\/dashboard\/gallery"[^>]*>Show all images/);
  }
  expect((await page("?favorites=1", stranger)).html).toContain("No favorites yet");
  expect((await page("", await createUser(stack))).html).toContain("Nothing saved yet");
});

test("the list of filter values contains only the owner's", async () => {
  const { data } = await user.supabase.rpc("gallery_choices").throwOnError();
  expect(data).toEqual({ kinds: ["image"], models: [flux, sdxl], tools: ["upscale"] });
  expect((await stranger.supabase.rpc("gallery_choices").throwOnError()).data).toEqual({
    kinds: ["image", "video"],
    models: [sdxl],
    tools: [],
  });
  expect((await connect(stack).rpc("gallery_choices")).error?.code).toBe("42501");
});

test("the page of older images has the same filters, and shows each image once", async () => {
  const many = await createUser(stack);
  const prompts = Array.from({ length: 41 }, (_, index) => `moth ${index}`);
  await insert(
    many,
    prompts.map((prompt) => ({ prompt, favorite: true, created_at: "2026-02-01T00:00:00Z" })),
  );
  const first = await page("?q=mot&favorites=1", many);
  expect(first.older).toMatch(/^\/dashboard\/gallery\?q=mot&favorites=1&cursor=/);
  const second = await page(first.older?.replace("/dashboard/gallery", "") ?? "", many);
  expect([first.prompts.length, second.prompts.length, second.older]).toEqual([40, 1, undefined]);
  expect(new Set([...first.prompts, ...second.prompts])).toEqual(new Set(prompts));
});

test("each filter reads only as many rows as it shows", async () => {
  await sql(
    stack,
    `with made as (
       insert into predictions (user_id, idempotency_key, request_hash, model, input, status, next_at)
       values ('${stranger.id}', 'many', 'h', 'a/b', '{}', 'succeeded', null) returning id
     )
     insert into sdxl_images (user_id, prediction_id, position, prompt, model, input, storage_path, content_type, width,
       height, bytes, sha256, source_url, favorite, created_at)
     select '${stranger.id}', made.id, n, 'moth ' || n, case when n % 20 = 0 then 'a/rare' else 'a/b' end, '{}',
       'x/' || gen_random_uuid(), 'image/png', 1, 1, 1, repeat('0', 64), 'x', n % 20 = 1, now() - n * interval '1 minute'
     from made, generate_series(1, 5000) n`,
  );
  await sql(stack, "analyze sdxl_images");
  const later = "now() - interval '4000 minutes'";
  const asked = {
    favorite: /Index Scan using sdxl_images_favorites /,
    "model = 'a/rare'": /Index Scan using sdxl_images_models /,
    "tool = 'upscale'": /Index Scan using sdxl_images_tools /,
    true: /Index Scan using sdxl_images_gallery /,
    // The condition for the rows after a cursor that is far down the list.
    [`(created_at < ${later} or (created_at = now() and id < '${stranger.id}')) and created_at <= ${later}`]:
      /Index Scan using sdxl_images_gallery .*Index Cond: [^"]*created_at <=/,
  };
  for (const [condition, pattern] of Object.entries(asked)) {
    const plan = await sql(
      stack,
      `explain select * from sdxl_images where user_id = '${stranger.id}' and purge_at is null and ${condition}
       order by created_at desc, id desc limit 41`,
    );
    expect(JSON.stringify(plan)).toMatch(pattern);
  }
});
