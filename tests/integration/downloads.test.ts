import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { readSettings } from "@/lib/media/read-embedded-settings";
import { createApi } from "../support/api";
import { makeSavedImage, listObjects } from "../support/saved-image";
import { unzip } from "../support/unzip";
import { connectAsService, createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const other = createApi(stack, await createUser(stack));
const { image, prediction } = await makeSavedImage(api, 'A "quiet" harbor, été', 2);
const [first, second] = prediction.images;

const requestZip = (ids: (string | undefined)[], who = api) => who.ask(`/api/media/zip?ids=${ids.join()}`);

const parseJson = (file?: { bytes: Buffer }): unknown => JSON.parse(file?.bytes.toString() ?? "");

test("a download has a descriptive name, its settings inside and unchanged pixels", async () => {
  const stored = await (await api.ask(image.url)).bytes();
  const answer = await api.ask(`${image.url}?download`);
  const bytes = await answer.bytes();
  const name = `a-quiet-harbor-été-${image.seed}-${image.id.slice(0, 8)}.png`;
  expect(answer.headers.get("content-disposition")).toContain(`filename*=UTF-8''${encodeURIComponent(name)}`);
  expect(readSettings(bytes)).toMatchObject({
    prompt: 'A "quiet" harbor, été',
    model: "stability-ai/sdxl",
    version: prediction.version,
    seed: image.seed,
    input: { num_inference_steps: 5, width: 256 },
  });
  const pixels = (file: Uint8Array) => sharp(file).raw().toBuffer();
  expect((await pixels(bytes)).equals(await pixels(stored))).toBe(true);
  // The stored file does not contain the settings. The app adds them only to the download.
  expect(readSettings(stored)).toBeNull();
  expect(stored.length).toBe(image.bytes);
});

test("several images are downloaded as one archive, each with a file of its settings", async () => {
  const answer = await requestZip([second?.id, first?.id]);
  expect(answer.headers.get("content-type")).toBe("application/zip");
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="\w+-[\d-]{10}\.zip"/);
  const files = await unzip(await answer.bytes());
  const [one, two] = [second, first].map((each) => each?.id.slice(0, 8));
  expect(files.map(({ name }) => name.replace(/^.*-(?=[\da-f]{8}\.)/, ""))).toEqual([
    `${one}.png`,
    `${one}.json`,
    `${two}.png`,
    `${two}.json`,
  ]);
  for (const index of [0, 2]) {
    const settings = parseJson(files[index + 1]);
    expect(settings).toMatchObject({ prompt: 'A "quiet" harbor, été', version: prediction.version });
    expect(readSettings(files[index]?.bytes ?? Buffer.alloc(0))).toEqual(settings);
  }
});

test("an archive leaves out other users' images and says so, and a request without images fails", async () => {
  expect((await requestZip([first?.id], other)).status).toBe(404);
  expect((await requestZip([randomUUID()])).status).toBe(404);
  const anonymous = await fetch(new URL(`/api/media/zip?ids=${first?.id}`, stack.appUrl));
  expect(anonymous.status).toBe(401);
  for (const ids of [[], ["x"], Array.from({ length: 101 }, () => randomUUID())]) {
    expect((await requestZip(ids)).status).toBe(400);
  }
  const theirs = (await makeSavedImage(other, "not yours")).image;
  const unknown = randomUUID();
  const mixed = await unzip(await (await requestZip([theirs.id, first?.id, unknown])).bytes());
  expect(mixed.map(({ name }) => name.split(".").at(-1))).toEqual(["png", "json", "json"]);
  expect(mixed[2]?.name).toBe("left-out.json");
  expect(parseJson(mixed[2])).toMatchObject({ left_out: [theirs.id, unknown] });
});

test("an archive says which images were deleted before it was requested", async () => {
  const { image: deleted } = await makeSavedImage(api, "gone before");
  expect((await api.ask(`/api/media/${deleted.id}?undo=60`, { method: "DELETE" })).status).toBe(204);
  const files = await unzip(await (await requestZip([first?.id, deleted.id])).bytes());
  expect(parseJson(files.at(-1))).toMatchObject({ left_out: [deleted.id] });
});

test("an archive has the settings of a file missing in storage, and the other files complete", async () => {
  const lost = await makeSavedImage(api, "lost at sea");
  const folder = `${user.id}/${lost.prediction.id}`;
  const [file = ""] = (await listObjects(stack, user.id, lost.prediction.id)).filter((name) => name.endsWith(".png"));
  await connectAsService(stack)
    .storage.from("images")
    .remove([`${folder}/${file}`]);
  const files = await unzip(await (await requestZip([lost.image.id, first?.id])).bytes());
  expect(files.map(({ name }) => name.split(".").at(-1))).toEqual(["json", "png", "json"]);
  expect(parseJson(files[0])).toMatchObject({ prompt: "lost at sea", left_out: expect.any(String) });
  expect(parseJson(files[2])).not.toHaveProperty("left_out");
});

test("the API lists images page by page", async () => {
  const answer = await api.ask("/api/media?q=quiet+har&tool=none");
  expect(await answer.json()).toEqual({ results: [], next: null });
  const { results } = (await (await api.ask("/api/media?q=quiet+har")).json()) as { results: { id: string }[] };
  expect(new Set(results.map(({ id }) => id))).toEqual(new Set([first?.id, second?.id]));
  expect(await (await other.ask("/api/media?q=quiet")).json()).toEqual({ results: [], next: null });
});

test("the mean colour of an image is saved with its thumbnail", async () => {
  await expect
    .poll(async () => {
      const { results } = (await (await api.ask("/api/media?q=harbor")).json()) as { results: object[] };
      return results;
    })
    .toEqual([expect.objectContaining({ placeholder: expect.stringMatching(/^#[0-9a-f]{6}$/) }), expect.anything()]);
});
