import { text } from "node:stream/consumers";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { startFileServer } from "@/tests/support/file-server";
import { stubSettings } from "../stub-settings";

const OWNER = "0195f2a8-0000-7000-8000-0000000000aa";
const idOf = (n: number) => `0195f2a8-0000-7000-8000-00000000000${n}`;
const [IMAGE, UPLOAD, FOREIGN, DELETED, VIDEO] = [idOf(1), idOf(2), idOf(3), idOf(4), idOf(5)];

beforeEach(async () => {
  const server = await startFileServer((request, response) => {
    void text(request).then((body) => {
      const answer = answerOf(new URL(request.url ?? "", "http://supabase"), body);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  onTestFinished(() => server.close());
  vi.resetModules();
  stubSettings({ NEXT_PUBLIC_SUPABASE_URL: server.origin, REPLICATE_API_BASE_URL: "http://127.0.0.1:1/v1" });
});

/** Responds as Supabase does if the owner has an image, two uploads, and a deleted image whose file still exists. */
function answerOf({ pathname, searchParams }: URL, body: string): unknown {
  const isOwners = searchParams.get("user_id") === `eq.${OWNER}` || body.includes(OWNER);
  const asked = (id: string) => isOwners && `${searchParams.get("id")}${body}`.includes(id);
  if (pathname === "/rest/v1/rpc/touch_uploads") return [UPLOAD, VIDEO].filter(asked).map(rowOf);
  if (pathname.startsWith("/storage/v1/object/sign/")) return { signedURL: `${pathname.slice(11)}?token=t` };
  const images = searchParams.get("purge_at") === "is.null" ? [IMAGE] : [IMAGE, DELETED];
  const rows = pathname === "/rest/v1/uploads" ? [UPLOAD, VIDEO] : images;
  return rows.filter(asked).map(rowOf);
}

function rowOf(id: string) {
  const content_type = id === VIDEO ? "video/mp4" : "image/png";
  return { id, storage_path: `${OWNER}/${id}.png`, content_type, duration_ms: null, bytes: 9 };
}

const fields = ["images", "mask"].map((name) => ({
  name,
  noun: "image",
  accepts: ({ kind }: { kind: string }) => kind === "image",
}));
const own = async (input: Record<string, unknown>) =>
  (await import("@/lib/media/input-files")).requireOwnMedia(input, fields, OWNER);
const sign = async (input: Record<string, unknown>) =>
  (await import("@/lib/media/input-files")).signInputFiles(input, OWNER);

test("the files of a list become paths, in the same order and as often", async () => {
  const images = [UPLOAD, `/api/media/${IMAGE}`, IMAGE.toUpperCase(), `/api/uploads/${UPLOAD}`];
  const [image, upload] = [`/api/media/${IMAGE}`, `/api/uploads/${UPLOAD}`];
  expect(await own({ prompt: "a fox", images, mask: IMAGE })).toEqual({
    prompt: "a fox",
    images: [upload, image, image, upload],
    mask: image,
  });
  expect(await own({ images: [] })).toEqual({ images: [] });
});

test.each([
  [1, [FOREIGN]],
  [2, [IMAGE, FOREIGN]],
  [2, [IMAGE, `/api/uploads/${FOREIGN}`, FOREIGN]],
])(
  "a list whose image %i belongs to another user is refused, and the error says which one it is",
  async (place, images) => {
    const description = `Image ${place} of images must be one of your own images`;
    await expect(own({ images, mask: IMAGE })).rejects.toMatchObject({
      code: "invalid_input",
      invalidFields: [{ field: "input.images", description }],
    });
  },
);

test("a file of a kind that its field does not take is refused, and the error says what it is", async () => {
  await expect(own({ images: [IMAGE, VIDEO], mask: VIDEO })).rejects.toMatchObject({
    code: "invalid_input",
    message: "Image 2 of images must be an image, not a video. mask must be an image, not a video.",
    invalidFields: [
      { field: "input.images", type: "wrong_type" },
      { field: "input.mask", type: "wrong_type" },
    ],
  });
});

test("each file of a list is sent as a URL that Replicate can read", async () => {
  const signed = (id: string) => expect.stringMatching(`/object/sign/images/${OWNER}/${id}.png\\?token=t$`);
  const images = [`/api/uploads/${UPLOAD}`, `/api/media/${IMAGE}`];
  expect(await sign({ images, mask: `/api/media/${IMAGE}`, sizes: [1, "2", null] })).toEqual({
    images: [signed(UPLOAD), signed(IMAGE)],
    mask: signed(IMAGE),
    sizes: [1, "2", null],
  });
});

test.each([
  ["a deleted image", DELETED],
  ["another user's image", FOREIGN],
])("%s is refused, and is not sent", async (_which, id) => {
  await expect(own({ images: [IMAGE, id] })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(sign({ images: [`/api/media/${IMAGE}`, `/api/media/${id}`] })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a list too long to be a list of images is sent unchanged", async () => {
  const images = Array(1000).fill(`/api/media/${FOREIGN}`);
  expect(await sign({ images })).toEqual({ images });
});
