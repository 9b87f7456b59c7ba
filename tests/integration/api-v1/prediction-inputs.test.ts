import type { Prediction } from "replicate";
import { expect, inject, test } from "vitest";
import { createApi, listAccepted } from "../../support/api";
import { askApiV1, connectReplicate, quickInput, SDXL } from "../../support/api-v1";
import { IMAGES } from "../../support/images";
import { sql } from "../../support/sql";
import { createUser, type User } from "../../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const ask = askApiV1(stack, user);
const png = await IMAGES["plain PNG"].make().toBuffer();
const dataUri = `data:image/png;base64,${png.toString("base64")}`;
const from = (image: unknown) => quickInput("from an image", { image });

async function submit(input: object, as: User = user) {
  const response = await askApiV1(stack, as)("/predictions", { body: { version: SDXL, input } });
  const body = (await response.json()) as Prediction & { detail?: string };
  return { ...body, code: response.status, image: (body.input as { image?: string } | undefined)?.image ?? "" };
}

/** Returns the input `image` that Replicate has received for the newest prediction with this prompt. */
async function acceptedImage(prompt: string) {
  return String((await listAccepted(stack, prompt)).at(-1)?.input.image);
}

test("the URL of another website is sent to Replicate and returned unchanged", async () => {
  const url = "https://example.com/fox.png?size=large";
  const { code, image } = await submit(quickInput("from elsewhere", { image: url }));
  expect([code, image, await acceptedImage("from elsewhere")]).toEqual([201, url, url]);
});

test("a data URI is stored, and its signed URL can be opened and given back", async () => {
  const first = await submit(from(dataUri));
  expect(first.image).toMatch(new RegExp(`^${stack.appUrl}/api/v1/files/[0-9a-f-]{36}/download\\?expires=`));
  const again = await submit(from(first.image));
  expect([again.code, new URL(again.image).pathname]).toEqual([201, new URL(first.image).pathname]);
  const expired = await submit(from(first.image.replace(/expires=\d+/, "expires=1")));
  expect(expired.code).toBe(201);
});

test("an output of the caller is an input by its own URL, also before it is saved, and becomes the parent", async () => {
  const replicate = connectReplicate(stack, user);
  const [output = ""] = (await replicate.run(`stability-ai/sdxl:${SDXL}`, {
    input: quickInput("the parent"),
  })) as string[];
  const early = await submit(quickInput("child before", { image: output }));
  expect(early.code).toBe(201);
  const [, parent = ""] = /outputs\/([0-9a-f-]{36})/.exec(output) ?? [];
  const saved = await createApi(stack, user).saved(parent);
  const child = await submit(quickInput("child after", { image: output }));
  expect([child.code, new URL(child.image).pathname]).toEqual([
    201,
    expect.stringMatching(`^/api/v1/outputs/${parent}/0/`),
  ]);
  expect((await fetch(child.image)).status).toBe(200);
  expect((await createApi(stack, user).read(child.id)).parent_image_id).toBe(saved.images[0]?.id);
});

test("a file of another user is refused, whoever signed its URL", async () => {
  const other = await createUser(stack);
  const { id, image } = await submit(from(dataUri), other);
  await createApi(stack, other).saved(id);
  const prediction = await connectReplicate(stack, other).predictions.get(id);
  const [output = ""] = prediction.output as string[];
  const { images } = await createApi(stack, other).read(id);
  for (const url of [image, output, stack.appUrl + (images[0]?.url ?? ""), images[0]?.url]) {
    expect(await submit(from(url))).toMatchObject({ code: 422, title: "Input validation failed" });
  }
});

test("a text that names a file of another user gets no signed URL of this file", async () => {
  const other = await createUser(stack);
  const { id, image } = await submit(from(dataUri), other);
  const [, upload = ""] = /files\/([0-9a-f-]{36})/.exec(image) ?? [];
  const { images } = await createApi(stack, other).saved(id);
  for (const path of [`/api/uploads/${upload}`, `/api/media/${images[0]?.id}`]) {
    const { code, input } = await submit(quickInput(path));
    expect([code, input]).toMatchObject([201, { prompt: stack.appUrl + path }]);
    expect((await fetch(stack.appUrl + path, { headers: user.bearer })).status).toBe(404);
  }
});

test("a page of predictions with many files in their inputs is listed", async () => {
  const owner = await createUser(stack);
  const images = "(select jsonb_agg('/api/media/' || gen_random_uuid()) from generate_series(1, 20) where n > 0)";
  await sql(
    stack,
    `insert into predictions (user_id, idempotency_key, request_hash, model, input, status, next_at)
     select '${owner.id}', n, 'h', 'a/b', jsonb_build_object('images', ${images}), 'failed', null
     from generate_series(1, 100) n`,
  );
  const response = await askApiV1(stack, owner)("/predictions");
  const { results } = (await response.json()) as { results: Prediction[] };
  expect([response.status, results.length]).toEqual([200, 100]);
});

test("a URL at Replicate's API is refused, because the installation's token can read the files of all users", async () => {
  const file = `${stack.env.REPLICATE_API_BASE_URL}/files/cneqzikepnug6xezperrr4z55o`;
  for (const url of [
    file,
    file.replace("http:", "HTTP:"),
    file.replace("http://", "http://example.com\\@"),
    "ftp://example.com/fox.png",
    `https://x/${"a".repeat(8_000)}`,
  ]) {
    expect((await submit(from(url))).code).toBe(422);
  }
  const headers = { "x-forwarded-host": new URL(file).host };
  const response = await ask("/predictions", { body: { version: SDXL, input: from(file) }, headers });
  expect(response.status).toBe(422);
});

test("the app's own pages still accept only the user's own files", async () => {
  const answer = await createApi(stack, user).submit({ version: SDXL, input: from("https://example.com/fox.png") });
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    { invalid_fields: [{ field: "input.image", description: "image must be one of your own files" }] },
  ]);
});
