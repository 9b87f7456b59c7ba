import { createHash } from "node:crypto";
import { afterEach, expect, inject, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { listAccepted, createApi, setFaults } from "../support/api";
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
    num_inference_steps: 5,
  });
  const { images, output } = await api.saved(id);
  expect(images.map(({ position, width, height, content_type }) => [position, width, height, content_type])).toEqual(
    [0, 1, 2, 3].map((position) => [position, 768, 512, "image/png"]),
  );
  expect(output).toEqual(images.map((image) => image.url));

  const [remote] = await listAccepted(stack, "four doors");
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

test("a user's own image can be upscaled by another model", async () => {
  const first = await api.saved(
    (await api.create({ prompt: "small boat", width: 256, height: 256, num_inference_steps: 5 })).id,
  );
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
  text: { output: "once upon a time", saved: 0, saveError: "unsupported_output" },
};

for (const [name, { output, saved, saveError }] of Object.entries(shapes)) {
  test(`an output of ${name} ends with ${saved} saved files`, async () => {
    const prompt = `shape: ${name}`;
    await setFaults(stack, { match: prompt, output });
    const { id } = await api.create({ prompt, num_inference_steps: 5 });
    const end = await api.until(id, (prediction) => prediction.saved_at !== null || prediction.save_error !== null);
    expect(end.images).toHaveLength(saved);
    expect(end.save_error).toBe(saveError);
    expect(end.saved_at !== null).toBe(saveError === null);
  });
}

test("the bytes of a data URI in the output are stored only in the bucket", async () => {
  await setFaults(stack, { match: "inline", output: ["data:0", "file:1"] });
  const { id } = await api.create({ prompt: "inline", num_outputs: 2, num_inference_steps: 5 });
  const { images, output } = await api.saved(id);
  expect(output).toEqual(images.map((image) => image.url));
  const [row] = await sql<{ output: string }>(
    stack,
    `select output::text as output from predictions where id = '${id}'`,
  );
  expect(row?.output).toContain("data:image/png,saved");
  expect(row?.output).not.toContain("base64");
});

test("an image with a wrong Content-Type is saved, but a file that is not an image is not", async () => {
  await setFaults(stack, [
    { match: "a page instead", delivery: { html: true } },
    { match: "mislabeled", delivery: { type: "text/html" } },
  ]);
  const page = await api.create({ prompt: "a page instead", num_inference_steps: 5 });
  const mislabeled = await api.create({ prompt: "mislabeled", num_inference_steps: 5 });
  expect((await api.until(page.id, ({ save_error }) => save_error !== null)).save_error).toBe("unsupported_output");
  expect((await api.saved(mislabeled.id)).images[0]?.content_type).toBe("image/png");
});
