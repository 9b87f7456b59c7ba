import { describe, expect, test } from "vitest";
import { outputFiles, outputLinks, replaceFiles, withoutBytes } from "@/lib/media/output-files";

const A = "https://replicate.delivery/xezq/abc/out-0.png";
const B = "https://pbxt.replicate.delivery/def/out-1.webp";
const DATA = "data:image/png;base64,iVBORw0KGgo=";
const TWENTY = Array.from({ length: 20 }, (_, index) => `https://replicate.delivery/xezq/abc/out-${index}.png`);

function nest(value: unknown, levels: number) {
  let nested = value;
  for (let level = 0; level < levels; level += 1) nested = [nested];
  return nested;
}

describe("finding files", () => {
  test.each([
    ["a string", A, [A]],
    ["a list", [A, B], [A, B]],
    ["an object", { image: A, mask: B }, [A, B]],
    ["an object in a list, and a list in an object", [{ images: [A, [B]] }], [A, B]],
    ["the same URL twice", [A, A], [A, A]],
    ["a data URI", DATA, [DATA]],
    ["twenty files", TWENTY, TWENTY],
    ["a local stand-in's URL", "http://127.0.0.1:4510/files/out-0.png", ["http://127.0.0.1:4510/files/out-0.png"]],
    ["files among other values", { text: "a fox", count: 2, file: A, srt_file: null, ok: true }, [A]],
    ["a path of a saved file in this app", ["/api/media/1", A], ["/api/media/1", A]],
    ["a data URI that is no image, which is for its bytes to show", "data:text/html,x", ["data:text/html,x"]],
    ["nothing", null, []],
    ["no value", undefined, []],
    ["an empty list", [], []],
    ["a number", 0.93, []],
    ["an empty text", "", []],
    ["text", "A fox sleeps in the snow.", []],
    ["text in pieces", ["A ", "fox: ", "sleeps"], []],
    ["text that names a URL", `See ${A}`, []],
    ["text that begins with a URL", `${A} is the image`, []],
    ["text that begins with the word data", "data: a fox, asleep", []],
    ["other schemes", ["file:///etc/passwd", "ftp://replicate.delivery/a.png", "javascript:alert(1)", "blob:x"], []],
    ["a scheme without an address", ["https://", "http:", "data:"], []],
  ])("%s", (_what, output, files) => {
    expect(outputFiles(output)).toEqual(files);
  });

  test("an output nested without end is walked only so far", () => {
    expect(outputFiles(nest(A, 20))).toEqual([A]);
    expect(outputFiles(nest(A, 100_000))).toEqual([]);
  });
});

describe("URLs that are text", () => {
  const origins = ["https://replicate.delivery"];
  const CAPITALS = "DATA:image/png;base64,AAAA";

  test.each([
    ["an answer", "https://example.com", ["https://example.com"], []],
    ["pieces of an answer", ["The link: ", "https://example.com"], ["https://example.com"], []],
    ["beside a file", { license: "https://cc.org/by", image: A }, ["https://cc.org/by"], [A]],
    ["twice", ["https://a.example/", "https://a.example/", DATA], ["https://a.example/"], [DATA]],
    [
      "of a host that only looks like Replicate",
      "https://replicate.delivery.evil.com/a.png",
      ["https://replicate.delivery.evil.com/a.png"],
      [],
    ],
    ["a path in this app", ["/api/media/1"], ["/api/media/1"], []],
    ["none", [A, DATA, "a fox", 7], [], [A, DATA]],
    ["not a data URI in capitals", [CAPITALS], [], [CAPITALS]],
  ])("%s", (_what, output, links, files) => {
    expect(outputLinks(output, origins)).toEqual(links);
    expect(outputFiles(output, links)).toEqual(files);
  });

  test("have no position, and stay as they are", () => {
    const output = { license: "https://cc.org/by", image: A };
    const replaced = replaceFiles(output, new Map([[0, "/api/media/1"]]), ["https://cc.org/by"]);
    expect(replaced).toEqual({ license: "https://cc.org/by", image: "/api/media/1" });
  });
});

describe("replacing files", () => {
  test("each position gets its own URL, the shape stays", () => {
    const output = { text: "a fox", images: [A, { mask: A }], count: 2 };
    const urls = new Map([
      [0, "/api/media/1"],
      [1, "/api/media/2"],
    ]);
    expect(replaceFiles(output, urls)).toEqual({
      text: "a fox",
      images: ["/api/media/1", { mask: "/api/media/2" }],
      count: 2,
    });
  });

  test("a file that is not saved yet has its own URL", () => {
    expect(replaceFiles([A, B], new Map([[1, "/api/media/2"]]))).toEqual([A, "/api/media/2"]);
  });

  test("a single string stays a string", () => {
    expect(replaceFiles(A, new Map([[0, "/api/media/1"]]))).toBe("/api/media/1");
  });

  test.each([null, "text", 7, [], {}])("an output without files is left as it is: %j", (output) => {
    expect(replaceFiles(output, new Map([[0, "/api/media/1"]]))).toEqual(output);
  });

  test("the given output is not changed", () => {
    const output = [A];
    replaceFiles(output, new Map([[0, "/api/media/1"]]));
    expect(output).toEqual([A]);
  });

  test("a key named __proto__ stays a key", () => {
    const output: unknown = JSON.parse(`{"__proto__":{"polluted":"${A}"}}`);
    const replaced = replaceFiles(output, new Map([[0, "/api/media/1"]]));
    expect(JSON.stringify(replaced)).toBe('{"__proto__":{"polluted":"/api/media/1"}}');
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });
});

describe("an output without the bytes of its files", () => {
  test("has all files in their places, and data URIs only in name", () => {
    const output = { images: [DATA, A], note: "data: a fox", plain: "data:image/gif,R0lGOD" };
    const cut = withoutBytes(output);
    expect(cut).toEqual({ images: ["data:image/png,saved", A], note: "data: a fox", plain: "data:image/gif,saved" });
    expect(outputFiles(cut)).toHaveLength(3);
  });
});
