import { createHash } from "node:crypto";
import sharp from "sharp";
import { expect, test } from "vitest";
import { serve, small } from "../serve.ts";

const VIDEO = { prompt: "a lake", resolution: "480p", num_frames: 81 };

async function run(prompt: string, model: "sdxl" | "video" = "sdxl", rules: unknown = {}) {
  const sandbox = await serve({ clock: 100 });
  await sandbox.faults(rules);
  const done =
    model === "sdxl"
      ? await sandbox.finish({ prompt, ...small })
      : await sandbox.replicate.wait(
          await sandbox.replicate.predictions.create({
            model: "wan-video/wan-2.2-t2v-fast",
            input: { ...VIDEO, prompt },
          }),
          { interval: 20 },
        );
  const url = String([done.output].flat()[0]);
  const [file] = (await sandbox.ledger()).predictions[0]?.files ?? [];
  return { url, file, type: (await fetch(url, { method: "HEAD" })).headers.get("content-type") };
}

async function download(url: string) {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

test.each([
  ["webm", "video/webm", /^.E\xdf\xa3/],
  ["mov", "video/quicktime", /^....ftypqt/s],
  ["ogg", "audio/ogg", /^OggS/],
  ["flac", "audio/flac", /^fLaC/],
  ["m4a", "audio/mp4", /^....ftyp/s],
  ["avif", "image/avif", /^....ftypavif/s],
  ["gif", "image/gif", /^GIF89a/],
  ["pdf", "application/pdf", /^%PDF-/],
  ["html", "text/html", /^<!doctype html>/],
  ["script", "image/svg+xml", /^<svg [^]*<script>/],
  ["polyglot", "image/png", /^\x89PNG\r\n.\n....IHDR[^]*<script>/s],
  ["unknown", "application/octet-stream", /^DRKM/],
])("[as %s] replaces the file with one of that kind", async (name, type, signature) => {
  const { url, type: given } = await run(`a lake [as ${name}]`);
  expect(given).toBe(type);
  expect((await download(url)).toString("latin1")).toMatch(signature);
});

test("a rule replaces only the file with its index", async () => {
  const { finish, faults } = await serve({ clock: 100 });
  await faults({ files: { index: 1, as: "zip" } });
  const { output } = await finish({ ...small, num_outputs: 2 });
  expect(output).toEqual([expect.stringMatching("out-0.png$"), expect.stringMatching("out-1.zip$")]);
  expect((await faults({ files: { as: "exe" } })).status).toBe(400);
});

test("[half] ends a file in its middle, although its download is complete", async () => {
  const { url, file } = await run("a lake [half]", "video");
  const response = await fetch(url);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.length).toBe(Number(response.headers.get("content-length")));
  expect(bytes.length).toBe(file?.bytes);
  expect(bytes.indexOf("moov")).toBe(-1);
});

test("[4k] makes images of 4096 × 2304, and [25 MB] makes them at least that large", { timeout: 20_000 }, async () => {
  const { url, file } = await run("a lake [4k] [25 MB]");
  const bytes = await download(url);
  expect(bytes.length).toBeGreaterThan(25_000_000);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(file?.sha256);
  // Most bytes of the file are padding. So if the image can be decoded, the padding has been skipped.
  const { data, info } = await sharp(bytes).resize(64).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([64, 36]);
  expect(new Set(data).size).toBeGreaterThan(16);
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 4096, height: 2304 });
});

test(
  "a video can be larger than memory should hold, because its padding is made while it is sent",
  { timeout: 30_000 },
  async () => {
    const { url, file } = await run("a lake [120 MB]", "video");
    expect(file?.bytes).toBeGreaterThan(120_000_000);
    const response = await fetch(url);
    expect(response.headers.get("content-length")).toBe(String(file?.bytes));
    const hash = createHash("sha256");
    const before = process.memoryUsage().rss;
    for await (const chunk of response.body ?? []) hash.update(chunk);
    expect(hash.digest("hex")).toBe(file?.sha256);
    // The server and this test run in the same process, so the memory of both is measured.
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    const boxes = await (await fetch(url, { headers: { range: "bytes=-1000000" } })).arrayBuffer();
    expect(Buffer.from(boxes).toString("latin1", 4, 8)).toBe("free");
  },
);

test.each(["webp", "jpg"])("a padded %s can still be decoded", async (output_format) => {
  const { replicate } = await serve({ clock: 100 });
  const input = { prompt: "a lake [2 MB]", megapixels: "0.25", output_format };
  const [url] = Object.values((await replicate.run("black-forest-labs/flux-schnell", { input })) ?? {});
  const bytes = await download(String(url));
  expect(bytes.length).toBeGreaterThan(2_000_000);
  expect((await sharp(bytes).raw().toBuffer({ resolveWithObject: true })).info).toMatchObject({ width: 512 });
});

test("a padded SVG is still one drawing", async () => {
  const { replicate } = await serve({ clock: 100 });
  const url = await replicate.run("recraft-ai/recraft-v4-svg", { input: { prompt: "a lake [2 MB]" } });
  expect((await download(String(url))).toString().trimEnd().endsWith("</svg>")).toBe(true);
});

test("[untyped] sends the file without a useful content type", async () => {
  const { url, type } = await run("a lake [untyped]");
  expect(type).toBe("application/octet-stream");
  expect(url).toMatch("out-0.png");
});
