import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { readSettings } from "@/lib/media/read-settings";
import { apiOf } from "../support/api";
import { makeKept, objectsOf } from "../support/saved-image";
import { connectAsService, createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = apiOf(stack, user);
const other = apiOf(stack, await createUser(stack));
const { image, prediction } = await makeKept(api, 'A "quiet" harbor, été', 2);
const [first, second] = prediction.images;

const zipOf = (ids: (string | undefined)[], who = api) => who.ask(`/api/media/zip?ids=${ids.join()}`);

/** The names and bytes in an archive whose files are as they are, by its directory. */
function filesIn(archive: Buffer) {
  const end = archive.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const [size, length, start] = [
      archive.readUInt32LE(at + 24),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ];
    const name = archive.subarray(at + 46, at + 46 + length).toString();
    at += 46 + length;
    return { name, bytes: archive.subarray(start + 30 + length, start + 30 + length + size) };
  });
}

test("an image is saved under a name that tells what it is, with its settings inside and its pixels as they are", async () => {
  const kept = await (await api.ask(image.url)).bytes();
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
  expect((await pixels(bytes)).equals(await pixels(kept))).toBe(true);
  // What is kept was not touched.
  expect(readSettings(kept)).toBeNull();
  expect(kept.length).toBe(image.bytes);
});

test("several are saved together, each with its settings beside it", async () => {
  const answer = await zipOf([second?.id, first?.id]);
  expect(answer.headers.get("content-type")).toBe("application/zip");
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="darkroom-[\d-]{10}\.zip"/);
  const files = filesIn(Buffer.from(await answer.arrayBuffer()));
  const [one, two] = [second, first].map((each) => each?.id.slice(0, 8));
  expect(files.map(({ name }) => name.replace(/^.*-(?=[\da-f]{8}\.)/, ""))).toEqual([
    `${one}.png`,
    `${one}.json`,
    `${two}.png`,
    `${two}.json`,
  ]);
  for (const index of [0, 2]) {
    const settings: unknown = JSON.parse(files[index + 1]?.bytes.toString() ?? "");
    expect(settings).toMatchObject({ prompt: 'A "quiet" harbor, été', version: prediction.version });
    expect(readSettings(files[index]?.bytes ?? Buffer.alloc(0))).toEqual(settings);
  }
});

test("somebody else's are in no archive, and an archive of nothing is none", async () => {
  expect((await zipOf([first?.id], other)).status).toBe(404);
  expect((await zipOf([randomUUID()])).status).toBe(404);
  const anonymous = await fetch(new URL(`/api/media/zip?ids=${first?.id}`, stack.appUrl));
  expect(anonymous.status).toBe(401);
  for (const ids of [[], ["x"], Array.from({ length: 101 }, () => randomUUID())]) {
    expect((await zipOf(ids)).status).toBe(400);
  }
  const theirs = (await makeKept(other, "not yours")).image;
  const mixed = filesIn(Buffer.from(await (await zipOf([theirs.id, first?.id])).arrayBuffer()));
  expect(mixed).toHaveLength(2);
});

test("a file that storage has lost leaves its settings, and the others whole", async () => {
  const lost = await makeKept(api, "lost at sea");
  const folder = `${user.id}/${lost.prediction.id}`;
  const [file = ""] = (await objectsOf(stack, user.id, lost.prediction.id)).filter((name) => name.endsWith(".png"));
  await connectAsService(stack)
    .storage.from("images")
    .remove([`${folder}/${file}`]);
  const files = filesIn(Buffer.from(await (await zipOf([lost.image.id, first?.id])).arrayBuffer()));
  expect(files.map(({ name }) => name.split(".").at(-1))).toEqual(["json", "png", "json"]);
});

test("the list of images is told page by page", async () => {
  const answer = await api.ask("/api/media?q=quiet+har&tool=none");
  expect(await answer.json()).toEqual({ results: [], next: null });
  const { results } = (await (await api.ask("/api/media?q=quiet+har")).json()) as { results: { id: string }[] };
  expect(new Set(results.map(({ id }) => id))).toEqual(new Set([first?.id, second?.id]));
  expect(await (await other.ask("/api/media?q=quiet")).json()).toEqual({ results: [], next: null });
});

test("an image's mean colour is kept with its thumbnail", async () => {
  await expect
    .poll(async () => {
      const { results } = (await (await api.ask("/api/media?q=harbor")).json()) as { results: object[] };
      return results;
    })
    .toEqual([expect.objectContaining({ placeholder: expect.stringMatching(/^#[0-9a-f]{6}$/) }), expect.anything()]);
});
