import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fitImage } from "@/components/generate/fields/files/fit-image";

/**
 * How the fake browser behaves. `size`: the size of an image, or null if it is unreadable. `alpha`: the alpha of every pixel.
 * `types`: the formats that the browser can write. `bytes`: the length of a written file, by its format and width.
 */
const browser = {
  size: { width: 96, height: 64 } as { width: number; height: number } | null,
  alpha: 255,
  types: ["image/png", "image/jpeg", "image/webp"],
  bytes: (_type: string, _width: number) => 1000,
};
const drawn: [type: string, width: number, height: number][] = [];

class FakeImage {
  src = "";
  naturalWidth = browser.size?.width ?? 0;
  naturalHeight = browser.size?.height ?? 0;
  async decode() {
    if (!browser.size) throw new Error("It cannot be read.");
  }
}

beforeEach(() => {
  Object.assign(browser, { size: { width: 96, height: 64 }, alpha: 255, bytes: () => 1000 });
  browser.types = ["image/png", "image/jpeg", "image/webp"];
  drawn.length = 0;
  vi.stubGlobal("Image", FakeImage);
  URL.createObjectURL = () => "blob:fox";
  URL.revokeObjectURL = () => {};
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(function context(this: HTMLCanvasElement) {
    const getImageData = (_x: number, _y: number, width: number, height: number) => ({
      data: new Uint8ClampedArray(width * height * 4).fill(browser.alpha),
    });
    return { canvas: this, drawImage: () => {}, getImageData } as never;
  });
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation(function write(
    this: HTMLCanvasElement,
    done,
    type = "",
  ) {
    const written = browser.types.includes(type) ? type : "image/png";
    drawn.push([written, this.width, this.height]);
    done(new Blob([new Uint8Array(browser.bytes(written, this.width))], { type: written }));
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const JFIF = [0xff, 0xe0, 0, 9, ...Buffer.from("JFIF\0"), 1, 1];
const SCAN = [0xff, 0xc0, 0, 3, 0, 0xff, 0xda, 0, 3, 0, 1, 2, 3, 0xff, 0xd9];
/** Returns an Exif segment with an orientation and the name of a street. */
function exif(orientation: number) {
  const tiff = [0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
  const content = [...Buffer.from("Exif\0\0"), ...tiff, ...Buffer.from("Invalidenstr")];
  return [0xff, 0xe1, 0, content.length + 2, ...content];
}
const jpeg = (...segments: number[]) => file([0xff, 0xd8, ...JFIF, ...segments, ...SCAN], "fox.jpg", "image/jpeg");
const png = () =>
  file(
    Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==",
      "base64",
    ),
    "fox.png",
    "image/png",
  );
const named = (start: string, name: string, type = "") =>
  file([...Buffer.from(start, "latin1"), ...Array(20).fill(0)], name, type);

function file(bytes: Iterable<number>, name: string, type: string) {
  return new File([Uint8Array.from(bytes)], name, { type });
}

async function fit(given: File, isImage = true) {
  const result = await fitImage(given, isImage);
  if ("problem" in result) throw new Error(result.problem);
  return result.file;
}

describe("an image that is fit", () => {
  test("stays the same file", async () => {
    for (const given of [jpeg(), png()]) expect(await fit(given)).toBe(given);
    expect(drawn).toEqual([]);
  });

  test("with metadata loses them, and its pixels stay", async () => {
    const given = jpeg(...exif(1));
    const fitted = await fit(given);
    expect([fitted.name, fitted.type, fitted.size]).toEqual(["fox.jpg", "image/jpeg", jpeg().size]);
    expect(await fitted.text()).not.toContain("Invaliden");
    expect(drawn).toEqual([]);
  });
});

describe("an image that is not fit is drawn", () => {
  test("upright", async () => {
    browser.size = { width: 64, height: 96 };
    const fitted = await fit(jpeg(...exif(6)));
    expect([fitted.name, fitted.type, drawn]).toEqual(["fox.jpg", "image/jpeg", [["image/jpeg", 64, 96]]]);
  });

  test("with at most 4096 px", async () => {
    browser.size = { width: 12_000, height: 9000 };
    await fit(jpeg());
    expect(drawn).toEqual([["image/jpeg", 4096, 3072]]);
  });

  test("in a smaller format or size until it has at most 10 MB", async () => {
    browser.size = { width: 5000, height: 5000 };
    browser.bytes = (type, width) => (type === "image/png" || width > 3072 ? 10_000_001 : 9000);
    expect((await fit(png())).name).toBe("fox.jpg");
    browser.alpha = 0;
    expect((await fit(png())).name).toBe("fox.webp");
    expect(drawn.map(([type, width]) => `${type.slice(6)} ${width}`)).toEqual(
      "png 4096,jpeg 4096,png 3072,jpeg 3072,png 4096,webp 4096,png 3072,webp 3072".split(","),
    );
  });

  test("never as a PNG that the browser writes in place of another format", async () => {
    browser.size = { width: 5000, height: 5000 };
    browser.alpha = 0;
    browser.types = ["image/png"];
    browser.bytes = (_, width) => (width > 2048 ? 10_000_001 : 9000);
    expect((await fit(png())).type).toBe("image/png");
  });
});

test("an image that the browser cannot draw is left to the server", async () => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  browser.size = { width: 12_000, height: 9000 };
  const given = jpeg();
  expect(await fit(given)).toBe(given);
  const heic = named("\0\0\0\x18ftypheic", "IMG_1.HEIC");
  expect(await fitImage(heic, true)).toEqual({ problem: expect.stringContaining("HEIC images") });
});

describe("an image that only the browser can read", () => {
  test.each([
    ["HEIC", named("\0\0\0\x18ftypheic", "IMG_1.HEIC"), 255, "IMG_1.jpg"],
    ["AVIF", named("\0\0\0\x18ftypavif", "a.avif", "image/avif"), 255, "a.jpg"],
    ["AVIF with transparency", named("\0\0\0\x18ftypavif", "a.avif", "image/avif"), 0, "a.png"],
    ["TIFF", named("II*\0", "a.tif", "image/tiff"), 255, "a.jpg"],
    ["BMP", named("BM\0\0\0\0\0\0\0\0", "a.bmp", "image/bmp"), 255, "a.jpg"],
    ["SVG", named("<svg/>", "a.svg", "image/svg+xml"), 0, "a.png"],
  ])("is converted: %s", async (_, given, alpha, name) => {
    browser.alpha = alpha;
    expect((await fit(given)).name).toBe(name);
  });

  test.each([
    [
      named("\0\0\0\x18ftypheic", "IMG_1.HEIC"),
      /HEIC images cannot be read here\. .*Settings, Camera, Formats, Most Compat/,
    ],
    [named("MM\0*", "a.tif"), /TIFF images cannot be read here\. Save the image as JPEG or PNG/],
    [named("<svg/>", "a.svg", "image/svg+xml"), /This browser cannot read this SVG\. Save it as PNG/],
  ])("is refused with a remedy where the browser cannot read it either", async (given, words) => {
    browser.size = null;
    expect(await fitImage(given, true)).toEqual({ problem: expect.stringMatching(words) });
  });
});

test("a TIFF for an input of other files stays a document", async () => {
  const given = named("II*\0", "scan.tif", "image/tiff");
  expect(await fit(given, false)).toBe(given);
});

test("an animation that is too large is refused in words", async () => {
  const frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 1, 0, 0];
  const gif = file([...Buffer.from("GIF89a"), 1, 0, 1, 0, 0, 0, 0, ...frame, ...frame, 0x3b], "a.gif", "image/gif");
  expect(await fit(gif)).toBe(gif);
  browser.size = { width: 5000, height: 10 };
  expect(await fitImage(gif, true)).toEqual({
    problem: "An animated image may have at most 4096 × 4096 px and 10 MB.",
  });
});

test.each([
  ["a video", named("\0\0\0\x18ftypisom", "a.mp4", "video/mp4"), false],
  ["an SVG for an input that takes any file", named("<svg/>", "a.svg", "image/svg+xml"), false],
  ["a damaged image, which the server explains", file([0xff, 0xd8, 0xff, 0, 0], "a.jpg", "image/jpeg"), true],
])("%s is not touched", async (_, given, isImage) => {
  expect(await fit(given, isImage)).toBe(given);
});
