import { beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { maskDataUris, saveDataUris } from "@/lib/media/uploads/data-uris";
import type { UploadRow } from "@/lib/media/schema";
import type { saveBytes } from "@/lib/media/uploads/save-upload";
import { OWN_MEDIA_PATTERN } from "@/lib/media/media-urls";

const save = vi.hoisted(() => vi.fn<typeof saveBytes>());
vi.mock("@/lib/media/uploads/save-upload", () => ({ saveBytes: save }));
vi.mock("@/lib/env", () => ({ env: () => ({}) }));

const base64 = (text: string, type = "image/png") => `data:${type};base64,${Buffer.from(text).toString("base64")}`;
const fields = ["image", "images"];
const imageFields = fields.map((name) => ({
  name,
  noun: "image",
  accepts: ({ kind }: { kind: string }) => kind === "image",
}));
const run = (input: Record<string, unknown>) => saveDataUris(input, imageFields, "me");
const saved = () => save.mock.calls.map(([user, bytes, name]) => [user, Buffer.from(bytes).toString(), name]);

beforeEach(() => {
  const row = {} as UploadRow;
  save.mockReset().mockImplementation(async (_, bytes) => ({ ...row, id: `id-of-${Buffer.from(bytes).toString()}` }));
});

describe("data URIs in file fields", () => {
  test("become uploads, alone and in lists, each file once", async () => {
    const [fox, owl] = [base64("fox"), base64("owl", "image/jpeg")];
    const own = "/api/media/0195f2a8-0000-7000-8000-000000000001";
    expect(await run({ prompt: fox, image: fox, images: [owl, own, fox], seed: 7 })).toEqual({
      prompt: fox,
      image: "/api/uploads/id-of-fox",
      images: ["/api/uploads/id-of-owl", own, "/api/uploads/id-of-fox"],
      seed: 7,
    });
    expect(saved()).toEqual([
      ["me", "fox", "file.png"],
      ["me", "owl", "file.jpeg"],
    ]);
  });

  test.each([
    ["parameters", "data:text/plain;charset=utf-8;base64,Zm94", "fox"],
    ["no type", "data:;base64,Zm94", "fox"],
    ["upper case", "DATA:image/png;BASE64,Zm94", "fox"],
    ["the alphabet for URLs", "data:image/png;base64,Pz8_Pj4-", "???>>>"],
    ["percent signs", "data:image/svg+xml,%3Csvg%2F%3E", "<svg/>"],
    ["line breaks", "data:image/png;base64,Zm\n94", "fox"],
  ])("may have %s", async (_, uri, text) => {
    await run({ image: uri });
    expect(saved().map(([, content]) => content)).toEqual([text]);
  });

  test.each(["data:", "data:image/png;base64", "data:image/png;base64,Zm9%", "data:image/png;base64,*"])(
    "that are invalid are refused with their field: %s",
    async (image) => {
      await expect(run({ image })).rejects.toMatchObject({
        code: "invalid_input",
        invalidFields: [{ field: "input.image", description: "This data URI is not valid." }],
      });
      expect(save).not.toHaveBeenCalled();
    },
  );

  test("with a file that cannot be used are refused with their field and the reason", async () => {
    save.mockRejectedValue(new AppError("unsupported_media_type", "TIFF images cannot be read here."));
    await expect(run({ images: [base64("II*")] })).rejects.toMatchObject({
      status: 422,
      message: "images: TIFF images cannot be read here.",
      invalidFields: [{ field: "input.images", type: "invalid_file" }],
    });
  });

  test("with a file that the field does not take are refused before they are stored", async () => {
    save.mockImplementation(async (_, __, ___, requireType) => {
      requireType?.("text/html");
      throw new Error("It was stored.");
    });
    await expect(run({ image: base64("<p>", "text/html") })).rejects.toMatchObject({
      code: "invalid_input",
      message: "image must be an image, not a file of another type.",
      invalidFields: [{ field: "input.image", type: "wrong_type" }],
    });
  });

  test("over the user's limits are refused as uploads are", async () => {
    const full = new AppError("storage_limit", "Your storage is full.");
    save.mockRejectedValue(full);
    await expect(run({ image: base64("fox") })).rejects.toBe(full);
  });

  test("are hidden from the check of the other fields", () => {
    const masked = maskDataUris({ prompt: "data:x", image: base64("fox"), images: [base64("owl"), "x"] }, fields);
    const path = expect.stringMatching(OWN_MEDIA_PATTERN);
    expect(masked).toEqual({ prompt: "data:x", image: path, images: [path, "x"] });
  });
});
