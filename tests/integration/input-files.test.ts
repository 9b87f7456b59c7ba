import { createHash } from "node:crypto";
import { expect, inject, onTestFinished, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { createApi, listAccepted, readLedger } from "../support/api";
import { IMAGES, noise } from "../support/images";
import { createSvg, MEDIA_FILES } from "../support/media-files";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const png = await IMAGES["plain PNG"].make().toBuffer();
const dataUri = (bytes: Uint8Array, type = "image/png") =>
  `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
const upscale = (image: unknown, headers = {}, as = api) =>
  as.submit({ model: "nightmareai/real-esrgan", input: { image, scale: 2 } }, headers);

async function upload(bytes: Uint8Array, name: string, as = api): Promise<string> {
  const body = new Uint8Array(bytes);
  const answer = await as.ask(`/api/uploads?name=${name}`, { method: "POST", body });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

test("a data URI becomes an upload of the caller and is used, each file once", async () => {
  const key = { "idempotency-key": "the-same-data-uri" };
  const answers = [await upscale(dataUri(png), key), await upscale(dataUri(png), key), await upscale(dataUri(png))];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  const [first, second, third] = (await Promise.all(answers.map((answer) => answer.json()))) as {
    id: string;
    input: { image: string };
  }[];
  expect(first?.input.image).toMatch(/^\/api\/uploads\/[\w-]{36}$/);
  expect([second?.id, third?.input.image]).toEqual([first?.id, first?.input.image]);
  for (const id of [first?.id ?? "", third?.id ?? ""]) {
    expect(await api.saved(id)).toMatchObject({ images: [{ width: 192, height: 128 }] });
  }
  const file = await api.ask(first?.input.image ?? "");
  expect(Buffer.from(await file.arrayBuffer()).equals(png)).toBe(true);
});

test("data URIs in a list become uploads too, in their order", async () => {
  const other = await noise(32, 32).png().toBuffer();
  const image_input = [dataUri(png), dataUri(other)];
  const answer = await api.submit({ model: "google/nano-banana", input: { prompt: "both", image_input } });
  const { id, input } = (await answer.json()) as { id: string; input: { image_input: string[] } };
  const sizes = await Promise.all(input.image_input.map(async (path) => (await (await api.ask(path)).bytes()).length));
  expect(sizes).toEqual([png.length, other.length]);
  await api.saved(id);
});

test.each([
  ["a truncated image", dataUri(png.subarray(0, 200)), 422, "input.image"],
  ["no image", dataUri(Buffer.from("notes"), "image/png"), 422, "input.image"],
  ["a drawing", dataUri(createSvg(), "image/svg+xml"), 422, "input.image"],
  ["nothing", "data:image/png;base64,", 422, "input.image"],
  ["invalid code", "data:image/png;base64,!", 422, "input.image"],
])("a data URI of %s is refused with its field", async (_, image, status, field) => {
  const answer = await upscale(image);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ type: "invalid_input", invalid_fields: [{ field }] });
});

test("nothing is stored for a data URI beside an invalid input, nor for one that is too large", async () => {
  const fresh = createApi(stack, await createUser(stack));
  const invalid = await fresh.submit({
    model: "nightmareai/real-esrgan",
    input: { image: dataUri(png), scale: "twice" },
  });
  expect(invalid.status).toBe(422);
  const large = await upscale(`data:image/png;base64,${"A".repeat(4_000_000)}`, {}, fresh);
  expect([large.status, await large.json()]).toEqual([
    413,
    expect.objectContaining({ detail: expect.stringContaining("Upload large files with POST") }),
  ]);
  expect(await (await fresh.ask("/api/uploads")).json()).toEqual({ results: [], next: null });
});

test("a file of a kind that its input does not take is refused in words, and nothing is sent", async () => {
  const files: [string, Uint8Array, string][] = [
    ["clip.mp4", (await MEDIA_FILES.MP4?.make()) ?? png, "image must be an image, not a video"],
    ["a.svg", createSvg(), "image must be an image, not an SVG"],
    ["a.zip", (await MEDIA_FILES.ZIP?.make()) ?? png, "image must be an image, not a file of another type"],
  ];
  const before = (await listAccepted(stack, "")).length;
  for (const [name, bytes, description] of files) {
    const answer = await upscale(await upload(bytes, name));
    expect(await answer.json()).toMatchObject({ status: 422, invalid_fields: [{ field: "input.image", description }] });
  }
  expect((await listAccepted(stack, "")).length).toBe(before);
});

test("a model of sounds takes a sound or a video, but no image", async () => {
  const run = (audio: string) => api.submit({ model: "openai/whisper", input: { audio } });
  const tone = await upload((await MEDIA_FILES.MP3?.make()) ?? png, "tone.mp3");
  const clip = await upload((await MEDIA_FILES.MP4?.make()) ?? png, "clip.mp4");
  expect([(await run(tone)).status, (await run(clip)).status]).toEqual([201, 201]);
  const refused = await run(await upload(png, "fox.png"));
  expect(await refused.json()).toMatchObject({
    status: 422,
    invalid_fields: [{ description: "audio must be a sound, not an image" }],
  });
});

test("where Replicate cannot read our storage, it gets a small file as a data URI and a large one as a file", async () => {
  // This is the URL of the same local Replicate. But the app does not recognize 0.0.0.0 as this machine, so it assumes that
  // Replicate cannot read the storage.
  const REPLICATE_API_BASE_URL = (stack.env.REPLICATE_API_BASE_URL ?? "").replace("127.0.0.1", "0.0.0.0");
  const app = await startAnotherApp(stack, { REPLICATE_API_BASE_URL });
  onTestFinished(() => app.stop());
  const own = createApi(app, await createUser(stack));
  const large = await noise(600, 400).png().toBuffer();
  expect(large.length).toBeGreaterThan(256_000);
  const sent: unknown[] = [];
  for (const bytes of [png, large]) {
    const answer = await upscale(await upload(bytes, "a.png", own), {}, own);
    const { id } = (await answer.json()) as { id: string };
    await own.ended(id);
    sent.push((await readLedger(stack)).predictions.at(-1)?.input.image);
  }
  expect(sent).toEqual([dataUri(png), expect.stringMatching(/\/v1\/files\/\w+$/)]);
  const file = await fetch(String(sent[1]), { headers: { authorization: `Bearer ${stack.env.REPLICATE_API_TOKEN}` } });
  expect(await file.json()).toMatchObject({ checksums: { sha256: createHash("sha256").update(large).digest("hex") } });
});
