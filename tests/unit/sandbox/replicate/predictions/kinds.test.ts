import sharp from "sharp";
import { expect, test } from "vitest";
import { poll, serve } from "../serve.ts";

async function run(model: `${string}/${string}`, input: object) {
  const { replicate } = await serve();
  return replicate.run(model, { input });
}

async function fetchFile(url: unknown) {
  const response = await fetch(String(url));
  return { type: response.headers.get("content-type"), bytes: Buffer.from(await response.bytes()) };
}

/** Returns the types of the outer boxes of an MP4. Together, these boxes must fill the file. */
function readBoxes(bytes: Buffer): string[] {
  const names = [];
  let at = 0;
  for (; at < bytes.length; at += bytes.readUInt32BE(at)) names.push(bytes.toString("latin1", at + 4, at + 8));
  expect(at).toBe(bytes.length);
  return names;
}

async function pngUri(width = 80, height = 60) {
  const image = sharp({ create: { width, height, channels: 3, background: "teal" } }).png();
  return `data:image/png;base64,${(await image.toBuffer()).toString("base64")}`;
}

test("a video model makes an H.264 MP4 of the requested shape", async () => {
  const { type, bytes } = await fetchFile(
    await run("google/veo-3.1-fast", { prompt: "a lake", aspect_ratio: "9:16", resolution: "720p", duration: 4 }),
  );
  expect(type).toBe("video/mp4");
  expect(readBoxes(bytes)).toEqual(expect.arrayContaining(["ftyp", "mdat", "moov"]));
  const entry = bytes.indexOf("avc1");
  expect([bytes.readUInt16BE(entry + 28), bytes.readUInt16BE(entry + 30)]).toEqual([360, 640]);
});

test("an image-to-video model begins with the image, and takes its shape", async () => {
  const input = { prompt: "waves", start_image: await pngUri(100, 100) };
  const { bytes } = await fetchFile(await run("kwaivgi/kling-v2.1", input));
  const entry = bytes.indexOf("avc1");
  expect([bytes.readUInt16BE(entry + 28), bytes.readUInt16BE(entry + 30)]).toEqual([360, 360]);
});

test("a model that edits images keeps the shape and changes the colours", async () => {
  const { replicate } = await serve();
  const input = { prompt: "make it red", input_image: await pngUri(120, 80), output_format: "png" };
  const edited = await fetchFile(await replicate.run("black-forest-labs/flux-kontext-pro", { input }));
  const { data, info } = await sharp(edited.bytes).resize(1, 1).raw().toBuffer({ resolveWithObject: true });
  expect((await sharp(edited.bytes).metadata()).width).toBe(1256);
  expect([...data.subarray(0, info.channels)]).not.toEqual([0, 128, 128]);
});

test("a speech model makes an MP3 that is as long as the text", async () => {
  const short = await fetchFile(await run("minimax/speech-02-turbo", { text: "Hello" }));
  const long = await fetchFile(await run("minimax/speech-02-turbo", { text: "Hello ".repeat(20) }));
  expect(short.type).toBe("audio/mpeg");
  expect(short.bytes.readUInt16BE(0) & 0xffe0).toBe(0xffe0);
  expect(long.bytes.length).toBeGreaterThan(5 * short.bytes.length);
});

test("a recording can be a FLAC", async () => {
  const { type, bytes } = await fetchFile(
    await run("minimax/speech-02-turbo", { text: "Hello", audio_format: "flac" }),
  );
  expect([type, bytes.toString("latin1", 0, 4)]).toEqual(["audio/flac", "fLaC"]);
});

test("a music model makes a WAV of the requested seconds", async () => {
  const input = { prompt: "a waltz", duration: 3, output_format: "wav", seed: 5 };
  const { replicate } = await serve();
  const { results } = await replicate.models.versions.list("meta", "musicgen");
  const { type, bytes } = await fetchFile(await replicate.run(`meta/musicgen:${results[0]?.id}`, { input }));
  expect(type).toBe("audio/wav");
  expect(bytes.toString("latin1", 0, 4)).toBe("RIFF");
  expect((bytes.length - 44) / bytes.readUInt32LE(28)).toBe(3);
});

test("a vector model makes an SVG of the requested shape, without words of the prompt", async () => {
  const input = { prompt: "<script>alert(1)</script> sunset", aspect_ratio: "2:1" };
  const { type, bytes } = await fetchFile(await run("recraft-ai/recraft-v4-svg", input));
  expect(type).toBe("image/svg+xml");
  expect(await sharp(bytes).metadata()).toMatchObject({ format: "svg", width: 1024, height: 512 });
  expect(bytes.toString()).not.toMatch("script");
});

test("a language model streams its answer to the last message", async () => {
  const { replicate } = await serve();
  const messages = [{ role: "user", content: "two lighthouses" }];
  const words = [];
  for await (const { event, data } of replicate.stream("openai/gpt-5-mini", { input: { messages } })) {
    if (event === "output") words.push(data);
  }
  expect(words.length).toBeGreaterThan(3);
  expect(words.join("")).toMatch(/^two lighthouses, /);
});

test("a 3D model makes a GLB, and null for the files that were not requested", async () => {
  const { replicate } = await serve();
  const { results } = await replicate.models.versions.list("firtoz", "trellis");
  const input = { images: [await pngUri()], generate_model: true, generate_color: false };
  const output = await replicate.run(`firtoz/trellis:${results[0]?.id}`, { input });
  expect(output).toMatchObject({ color_video: null, normal_video: null });
  const { type, bytes } = await fetchFile("model_file" in output ? output.model_file : "");
  expect(type).toBe("model/gltf-binary");
  expect([bytes.toString("latin1", 0, 4), bytes.readUInt32LE(4), bytes.readUInt32LE(8)]).toEqual([
    "glTF",
    2,
    bytes.length,
  ]);
  const json = JSON.parse(bytes.toString("utf8", 20, 20 + bytes.readUInt32LE(12)));
  expect(json).toMatchObject({ asset: { version: "2.0" }, meshes: [expect.anything()] });
});

test("hello-world and canary answer with the words of the client's own tests", async () => {
  const { replicate } = await serve();
  const hello = "replicate/hello-world:5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa";
  expect(await replicate.run(hello, { input: { text: "Tracy TypeScript" } })).toBe("hello Tracy TypeScript");
  const canary = "replicate/canary:30e22229542eb3f79d4f945dacb58d32001b02cc313ae6f54eef27904edf3272";
  expect(await replicate.run(canary, { input: { text: "Claire" } })).toEqual(["hello there, Claire"]);
  const events = [];
  for await (const event of replicate.stream(canary, { input: { text: "Betty Browser" } })) events.push(String(event));
  expect(events.join("")).toBe("hello there, Betty Browser");
});

test("a model can answer with an object of several files", async () => {
  const { replicate } = await serve();
  const audio = "data:audio/wav;base64,UklGRg==";
  const output = await replicate.run("cjwbw/demucs:25a173108cff36ef9f80f854c162d01df9e6528be175794b81158fa03836d953", {
    input: { audio, output_format: "wav" },
    ...poll,
  });
  expect(Object.keys(output)).toEqual(["bass", "drums", "other", "piano", "guitar", "vocals"]);
  expect(output).toMatchObject({ bass: expect.stringMatching("/bass.wav$"), piano: null });
});

test("a model can answer with numbers and a file", async () => {
  const { replicate } = await serve();
  const input = { image: await pngUri(), query: "fox, tree" };
  const output = await replicate.run(
    "adirik/grounding-dino:efd10a8ddc57ea28773327e881ce95e20cc1d734c589f7dd01d2036921ed78aa",
    { input, ...poll },
  );
  expect(output).toMatchObject({
    detections: [
      { label: "fox", bbox: [0, 12, 38, 42], confidence: 0.8 },
      { label: "tree", confidence: expect.closeTo(0.73) },
    ],
    result_image: expect.stringMatching("/result.png$"),
  });
});

test("an archive is a ZIP whose directory lists its files", async () => {
  const { replicate } = await serve();
  const { bytes, type } = await fetchFile(
    await replicate.run("zsxkib/create-rvc-dataset:c445e27ff34574e92781c15c67db41835cedcdc27a19f527a7dcf37bd0ffe1ff", {
      input: { youtube_url: "https://youtu.be/x", audio_name: "voice" },
    }),
  );
  expect(type).toBe("application/zip");
  const end = bytes.indexOf("PK\x05\x06");
  const directory = bytes.readUInt32LE(end + 16);
  expect(bytes.readUInt16LE(end + 10)).toBe(3);
  expect(bytes.toString("latin1", directory, directory + 4)).toBe("PK\x01\x02");
  expect(bytes.toString("latin1", directory + 46, directory + 72)).toBe("dataset/voice/split_0.mp3P");
});
