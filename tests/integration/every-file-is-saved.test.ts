import { createHash } from "node:crypto";
import { afterEach, expect, inject, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { listAccepted, createApi, listRequestsAbout, setFaults } from "../support/api";
import { isFull } from "../support/form";
import { MEDIA_FILES } from "../support/media-files";
import { sql } from "../support/sql";
import { connectAsService, createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);

afterEach(() => setFaults(stack, {}));

const sha256 = async (response: Response) =>
  createHash("sha256")
    .update(Buffer.from(await response.arrayBuffer()))
    .digest("hex");

test("four files of one prediction are saved, byte for byte, with thumbnails", async () => {
  const { id } = await api.create({
    prompt: "four doors",
    num_outputs: 4,
    width: 768,
    height: 512,
    num_inference_steps: 1,
  });
  const { images, output } = await api.saved(id);
  expect(images.map(({ position, width, height, content_type }) => [position, width, height, content_type])).toEqual(
    [0, 1, 2, 3].map((position) => [position, 768, 512, "image/png"]),
  );
  expect(output).toEqual(images.map((image) => image.url));

  const [remote] = await listAccepted(stack, "four doors");
  // Replicate gets the create request and, if a webhook is late, one poll.
  expect((await listRequestsAbout(stack, remote?.id ?? "")).length).toBeLessThanOrEqual(2);
  for (const [position, image] of images.entries()) {
    expect(await sha256(await api.ask(image.url))).toBe(remote?.files[position]?.sha256);
    const thumbnail = await api.ask(image.thumb_url ?? "");
    expect(thumbnail.headers.get("content-type")).toBe("image/webp");
    expect((await thumbnail.arrayBuffer()).byteLength).toBeLessThan(60_000);
  }

  const { data: objects } = await connectAsService(stack).storage.from("images").list(`${user.id}/${id}`);
  expect(objects?.map((object) => object.name.split("/").at(-1)).sort()).toEqual(
    [0, 1, 2, 3].flatMap((position) => [`${position}.png`, `${position}.thumb.webp`]),
  );
});

for (const [format, type] of Object.entries({ webp: "image/webp", jpg: "image/jpeg", png: "image/png" })) {
  test(`a ${format} of another model is saved with its true type`, async () => {
    const { id } = await api.create(
      { prompt: `a ${format}`, output_format: format, aspect_ratio: "16:9", megapixels: "0.25" },
      { model: "black-forest-labs/flux-schnell" },
    );
    const [image] = (await api.saved(id)).images;
    expect(image?.content_type).toBe(type);
    const bytes = await api.ask(image?.url ?? "");
    expect(bytes.headers.get("content-type")).toBe(type);
    expect(bytes.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox; style-src 'unsafe-inline'");
  });
}

test("a speech is found in the gallery by its text", async () => {
  const { id } = await api.create({ text: "Good morning, Ada" }, { model: "minimax/speech-02-turbo" });
  const { images } = await api.saved(id);
  const found = await (await api.ask("/api/media?q=good+morn")).json();
  expect(found).toMatchObject({ results: [{ id: images[0]?.id, kind: "audio", prompt: "Good morning, Ada" }] });
});

test("a user's own image can be upscaled by another model", async () => {
  const first = await api.saved((await api.create({ prompt: "small boat", width: 256, height: 256 })).id);
  const { id } = await api.create(
    { image: first.images[0]?.id, scale: 2 },
    { model: "nightmareai/real-esrgan", tool: "upscale", parent: first.images[0]?.id },
  );
  const upscaled = await api.saved(id);
  expect(upscaled.images.map(({ width, height }) => [width, height])).toEqual([[512, 512]]);
  const [row] = await sql(stack, `select parent_image_id from sdxl_images where prediction_id = '${id}'`);
  expect(row?.parent_image_id).toBe(first.images[0]?.id);
});

const shapes: Record<string, { output: unknown; saved: number; saveError: Prediction["save_error"] }> = {
  "a string": { output: "file:0", saved: 1, saveError: null },
  "an object": { output: { item: "file:0", note: "hello" }, saved: 1, saveError: null },
  "nested lists": { output: [["file:0"], { more: ["file:1"] }], saved: 2, saveError: null },
  "the same file twice": { output: ["file:0", "file:0"], saved: 2, saveError: null },
  "a data URI": { output: ["data:0"], saved: 1, saveError: null },
  "a data URI that is cut short": {
    output: ["data:image/png;base64,iVBORw0KGgo="],
    saved: 0,
    saveError: "unsupported_output",
  },
  nothing: { output: null, saved: 0, saveError: "empty_output" },
  "an empty list": { output: [], saved: 0, saveError: "empty_output" },
  "an empty object": { output: {}, saved: 0, saveError: "empty_output" },
  text: { output: "once upon a time", saved: 0, saveError: null },
  "words of a text": { output: ["Hello", " ", "world"], saved: 0, saveError: null },
  "a number": { output: 0.73, saved: 0, saveError: null },
  "a yes or no": { output: false, saved: 0, saveError: null },
  "a link": { output: "https://example.com/", saved: 0, saveError: null },
  "a file and a link": { output: { license: "https://example.com/", item: "file:0" }, saved: 1, saveError: null },
  "data without files": { output: { score: 1, labels: [] }, saved: 0, saveError: null },
};

/** The shapes of output that a short run checks: one for each result of a save. Unit tests of `outputFiles` check all shapes. */
const short = ["an object", "the same file twice", "a data URI that is cut short", "an empty list", "text"];

for (const [name, { output, saved, saveError }] of Object.entries(shapes)) {
  if (!isFull && !short.includes(name)) continue;
  test(`an output of ${name} ends with ${saved} saved files`, async () => {
    const prompt = `shape: ${name}`;
    await setFaults(stack, { match: prompt, output });
    const { id } = await api.create({ prompt });
    const end = await api.until(id, (prediction) => prediction.saved_at !== null || prediction.save_error !== null);
    expect(end.images).toHaveLength(saved);
    expect(end.save_error).toBe(saveError);
    expect(end.saved_at !== null).toBe(saveError === null);
  });
}

test("the bytes of a data URI in the output are stored only in the bucket", async () => {
  await setFaults(stack, { match: "inline", output: ["data:0", "file:1"] });
  const { id } = await api.create({ prompt: "inline", num_outputs: 2 });
  const { images, output } = await api.saved(id);
  expect(output).toEqual(images.map((image) => image.url));
  const [row] = await sql<{ output: string }>(
    stack,
    `select output::text as output from predictions where id = '${id}'`,
  );
  expect(row?.output).toContain("data:image/png,saved");
  expect(row?.output).not.toContain("base64");
});

test("an image with a wrong Content-Type is saved, and an error page in place of an image is fetched again", async () => {
  await setFaults(stack, [
    { match: "a page instead", delivery: { html: true, count: 1 } },
    { match: "mislabeled", delivery: { type: "text/html" } },
  ]);
  const page = await api.create({ prompt: "a page instead" });
  const mislabeled = await api.create({ prompt: "mislabeled" });
  await api.until(page.id, ({ save_error }) => save_error === "retrying");
  for (const { id } of [page, mislabeled]) expect((await api.saved(id)).images[0]?.content_type).toBe("image/png");
});

test("a file of every kind is saved byte for byte, with its facts", async () => {
  const files = await Promise.all(
    Object.entries(MEDIA_FILES).map(async ([name, { make, facts }]) => ({ name, facts, bytes: await make() })),
  );
  const output = files.map(({ facts, bytes }) => `data:${facts.content_type};base64,${bytes.toString("base64")}`);
  await setFaults(stack, { match: "every kind", output });
  const { images, save_error } = await api.saved((await api.create({ prompt: "every kind" })).id);
  expect([images.length, save_error]).toEqual([files.length, null]);
  const nothing = { width: null, height: null, duration_ms: null, thumb_url: null, poster_url: null };
  for (const [index, { name, facts, bytes }] of files.entries()) {
    const { extension, ...columns } = facts;
    expect([name, images[index]]).toMatchObject([name, { ...nothing, ...columns, bytes: bytes.length }]);
    const answer = await api.ask(images[index]?.url ?? "");
    expect([name, answer.headers.get("content-type")]).toEqual([name, facts.content_type]);
    expect(answer.headers.get("content-disposition")).toMatch(new RegExp(`"[-0-9a-f]+\\.${extension}"$`));
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  }
});

test("files keep the order in which the model named them", async () => {
  const output = { image: "file:0", mask: "file:1", again: { first: "file:2" } };
  await setFaults(stack, { match: "in this order", output });
  const { id } = await api.create({ prompt: "in this order", num_outputs: 3 });
  const { images, output: saved } = await api.saved(id);
  expect(images.map(({ position }) => position)).toEqual([0, 1, 2]);
  const [first, second] = images;
  expect(saved).toMatchObject({ image: first?.url, mask: second?.url });
});
