import { describe, expect, test } from "vitest";
import { UnavailableFile } from "@/lib/media/file-errors";
import type { FileFacts } from "@/lib/media/formats/format";
import { inspectBytes } from "@/tests/support/inspect-bytes";
import { createSvg, MEDIA_FILES } from "@/tests/support/media-files";

const files = Object.entries(MEDIA_FILES);
const text = (content: string) => Buffer.from(content);
const NOTHING = { width: null, height: null, duration_ms: null };
const octets = (extension: string) => ({ content_type: "application/octet-stream", extension, ...NOTHING });

function outcomeOf(bytes: Uint8Array, extension: string | null): Promise<FileFacts | Error> {
  return inspectBytes(bytes, { extension }).catch((error: Error) => error);
}

test.each(files)("%s is recognized by its bytes, whatever its name is", async (name, { make, facts }) => {
  const bytes = await make();
  for (const extension of [facts.extension, null, "txt", "png"]) {
    // A JSON file is recognized as a 3D model only if its extension is also `gltf`.
    if (name === "glTF" && extension !== "gltf") continue;
    const named = name === "ZIP" && extension ? { extension } : {};
    expect(await inspectBytes(bytes, { extension })).toEqual({ ...NOTHING, ...facts, ...named });
  }
});

test.each(files.filter(([, { isEndless }]) => !isEndless))(
  "%s is incomplete at any shorter length, and is fetched again",
  async (_, { make, facts }) => {
    const bytes = await make();
    // The tested lengths: all lengths near both ends of the file, and some in between.
    const lengths = Array.from({ length: bytes.length }, (_item, length) => length).filter(
      (length) => length < 128 || bytes.length - length <= 64 || length % 61 === 0,
    );
    const passed: number[] = [];
    for (const length of lengths) {
      const outcome = await outcomeOf(bytes.subarray(0, length), facts.extension);
      if (!(outcome instanceof UnavailableFile)) passed.push(length);
    }
    expect(passed).toEqual([]);
  },
);

test("bytes after the end of a video or sound do not hide what is before them", async () => {
  for (const name of ["MP4", "MOV", "AVIF", "WebM", "MP3", "WAV", "GLB", "ZIP", "PDF"]) {
    const file = MEDIA_FILES[name];
    const bytes = Buffer.concat([(await file?.make()) ?? Buffer.alloc(0), text("<script>alert(1)</script>")]);
    expect(await inspectBytes(bytes)).toMatchObject({ content_type: file?.facts.content_type });
  }
});

test("an Ogg file without a mark on its last page is whole if its length is the announced one", async () => {
  const bytes = (await MEDIA_FILES["Ogg Vorbis"]?.make()) ?? Buffer.alloc(0);
  bytes[bytes.lastIndexOf("OggS") + 5] = 0;
  expect(await inspectBytes(bytes, { hasFullLength: true })).toMatchObject({ duration_ms: 1000 });
  expect(await outcomeOf(bytes, null)).toMatchObject({ reason: "incomplete" });
});

test("an MP3 whose table counts the bytes of its tag too is whole if its length is the announced one", async () => {
  const bytes = (await MEDIA_FILES["MP3"]?.make()) ?? Buffer.alloc(0);
  bytes.writeUInt32BE(bytes.length, bytes.indexOf("Info") + 12);
  expect(await inspectBytes(bytes, { hasFullLength: true })).toMatchObject({ content_type: "audio/mpeg" });
  const cut = inspectBytes(bytes.subarray(0, -1), { hasFullLength: true });
  await expect(cut).rejects.toMatchObject({ reason: "incomplete" });
});

test.each(["MP4", "MOV", "M4A", "AVIF"])("up to seven bytes after the last box of an %s are allowed", async (name) => {
  const bytes = (await MEDIA_FILES[name]?.make()) ?? Buffer.alloc(0);
  for (const length of [1, 4, 7]) {
    const more = Buffer.concat([bytes, Buffer.alloc(length)]);
    expect(await inspectBytes(more)).toMatchObject({ content_type: MEDIA_FILES[name]?.facts.content_type });
  }
});

test("a FLAC whose last frame is damaged is refused", async () => {
  const bytes = (await MEDIA_FILES["FLAC"]?.make()) ?? Buffer.alloc(0);
  bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 1;
  expect(await outcomeOf(bytes, "flac")).toMatchObject({ reason: "incomplete" });
});

describe("the size of an SVG", () => {
  const sizeOf = async (attributes: string) => {
    const { width, height } = await inspectBytes(text(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}/>`));
    return [width, height];
  };

  test.each([
    ['width="30" height="20.4"', [30, 20]],
    ['width="30px" height="20px" viewBox="0 0 6 4"', [30, 20]],
    ['width="100%" height="100%" viewBox="0 0 6 4"', [6, 4]],
    ['width="3em" height="2em" viewBox="0,0,6,4"', [6, 4]],
    ['viewBox="0 0 0.3 0.2"', [1, 1]],
    ['viewBox="0 0 -6 4"', [null, null]],
    ['viewBox="none"', [null, null]],
    ['width="1e9999"', [null, null]],
    ["", [null, null]],
  ])("with %s is %j", async (attributes, size) => {
    expect(await sizeOf(attributes)).toEqual(size);
  });
});

describe("an SVG", () => {
  test("of more than 5 MB is too large", async () => {
    const bytes = Buffer.concat([createSvg(), Buffer.alloc(5_000_000, " ")]);
    await expect(inspectBytes(bytes)).rejects.toMatchObject({ name: "UnsupportedFile", reason: "too_large" });
  });

  test.each([
    ["another element that is open", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>"],
    ["an attribute twice", "<svg xmlns='http://www.w3.org/2000/svg'><g id='a' id='b'/></svg>"],
    ["a second root", "<svg xmlns='http://www.w3.org/2000/svg'/><svg/>"],
    ["an unknown entity", "<svg xmlns='http://www.w3.org/2000/svg'>&nothing;</svg>"],
    ["elements nested without end", `<svg xmlns='http://www.w3.org/2000/svg'>${"<g>".repeat(2000)}`],
  ])("with %s is damaged", async (_, content) => {
    expect(await outcomeOf(text(content), "svg")).toMatchObject({ reason: "incomplete" });
  });
});

test("a large 3D model in JSON is saved without reading it whole", async () => {
  const model = `{"asset":{"version":"2.0"},"buffers":[{"uri":"data:,${"A".repeat(11_000_000)}"}]}`;
  expect(await inspectBytes(text(model), { extension: "gltf" })).toMatchObject({ content_type: "model/gltf+json" });
});

describe("a text", () => {
  const page = "<!doctype html><html><body><svg xmlns='http://www.w3.org/2000/svg'/>Not found</body></html>";
  const texts = [
    page,
    '{"detail":"not found"}',
    "<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>",
    "Bad Gateway\r\n",
  ];

  test.each(texts)("in place of a file that is not a text is an error page: %s", async (content) => {
    for (const extension of ["png", "mp4", "svg", "gltf", "zip"]) {
      expect(await outcomeOf(text(content), extension)).toMatchObject({ name: "UnavailableFile" });
    }
  });

  test.each([...texts.slice(0, 3), "\n<p>Error</p>", '{ "error": {"code": 5} }'])(
    "in place of a file without an extension is an error page if it looks like one: %s",
    async (content) => {
      expect(await outcomeOf(text(content), null)).toMatchObject({ name: "UnavailableFile" });
    },
  );

  test.each(["Hello world, said the fox.", "a;b;c\n1;2;3\n", '{"text":"a fox","chunks":[]}', "[1, 2, 3, 4, 5]"])(
    "may be a file without an extension: %s",
    async (content) => {
      expect(await inspectBytes(text(content))).toEqual(octets("txt"));
    },
  );

  test("without an extension may be short if its length is the announced one", async () => {
    expect(await inspectBytes(text("Yes."), { hasFullLength: true })).toEqual(octets("txt"));
    expect(await outcomeOf(text("Yes."), null)).toMatchObject({ reason: "incomplete" });
    const empty = inspectBytes(text(""), { hasFullLength: true });
    await expect(empty).rejects.toMatchObject({ reason: "incomplete" });
  });

  test.each(texts)("may be a file with another name: %s", async (content) => {
    for (const extension of ["json", "txt", "srt", "csv", "html", "obj"]) {
      expect(await inspectBytes(text(content), { extension })).toEqual(octets(extension));
    }
  });

  test("may be empty, but another file may not", async () => {
    expect(await inspectBytes(text(""), { extension: "srt" })).toEqual(octets("srt"));
    expect(await outcomeOf(text(""), "png")).toMatchObject({ reason: "incomplete" });
    expect(await outcomeOf(text(""), null)).toMatchObject({ reason: "incomplete" });
  });
});

describe("a file of an unknown format", () => {
  const unknown = Buffer.from("8BPS\0\x01\0\0\0\0\0\0\0\0\0\0", "latin1");

  test("keeps the extension of its name", async () => {
    for (const extension of ["psd", "npz", "safetensors", "png"]) {
      expect(await inspectBytes(unknown, { extension })).toEqual(octets(extension));
    }
  });

  test.each(["exe", "bat", "js", "lnk", null])("does not become a program: %s", async (extension) => {
    expect(await inspectBytes(unknown, { extension })).toEqual(octets("bin"));
  });

  test("does not become a program either if it is a ZIP", async () => {
    const bytes = (await MEDIA_FILES["ZIP"]?.make()) ?? Buffer.alloc(0);
    expect(await inspectBytes(bytes, { extension: "jar" })).toMatchObject({ extension: "bin" });
    expect(await inspectBytes(bytes, { extension: "docx" })).toMatchObject({ extension: "docx" });
  });

  test.each([
    ["a HEIC image", "\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x0cmeta\0\0\0\0", "heic"],
    ["a Matroska video", "\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska\x18\x53\x80\x67\x80", "mkv"],
    ["an AVI video", "RIFF\x04\0\0\0AVI LIST", "avi"],
    ["a tag without a sound", `ID3\x04\0\0\0\0\0\0${"\0".repeat(64)}`, "aac"],
  ])("may begin like a known one: %s", async (_, content, extension) => {
    expect(await inspectBytes(Buffer.from(content, "latin1"), { extension })).toEqual(octets(extension));
  });
});
