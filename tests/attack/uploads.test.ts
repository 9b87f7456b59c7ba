import { expect, test } from "vitest";
import { noise } from "../support/images";
import { createUser } from "../support/users";
import { sendRequest, parseBody, stack, type AppRequest } from "./support/send-request";
import { addFigures } from "./support/figures";
import { createCarriers, createHostileFiles, createPixelBomb } from "./support/hostile-bytes";
import { createHostileMedia } from "./support/hostile-media";
import { attack } from "./support/attack-table";

const user = await createUser(stack);
const stranger = await createUser(stack);
const media = Object.values(await createHostileMedia("https://trap.example"));
const drawings = media.filter(({ type }) => type === "image/svg+xml");
const files = [...Object.values(await createHostileFiles()), ...drawings].map(({ bytes }) => bytes);
const item = await noise(96, 64).png().toBuffer();

const upload = (bytes: Uint8Array, type = "image/png"): AppRequest => ({
  path: "/api/uploads",
  method: "POST",
  as: user,
  headers: { "content-type": type },
  body: new Uint8Array(bytes),
});

attack({
  "files that are not images, or too large": [files.map((bytes) => upload(bytes)), { status: [400, 413, 415] }],
  "an incomplete image": [
    [0, 1, 8, 33, 100, item.length - 12, item.length - 1].map((end) => upload(item.subarray(0, end))),
    { status: 400, type: "invalid_body" },
  ],
  "an image with one wrong byte": [
    [40, 200, 1000].map((at) => upload(Buffer.from(item.map((byte, index) => (index === at ? byte ^ 255 : byte))))),
    { status: 400, type: "invalid_body" },
  ],
  "a file of 40 MB": [upload(Buffer.alloc(40_000_000, 1)), { status: 413, type: "payload_too_large" }],
});

test("an upload is saved unchanged, and served as an image only to its owner", async () => {
  for (const { bytes } of Object.values(await createCarriers())) {
    const saved = await sendRequest(upload(bytes, "text/html"));
    expect([saved.status, saved.text.slice(0, 300)]).toEqual([201, expect.any(String)]);
    const path = String(parseBody(saved).url);
    const { status, headers } = await sendRequest({ path, as: user });
    expect([status, headers.get("content-type")]).toEqual([200, expect.stringMatching(/^image\/(png|jpeg|gif|webp)$/)]);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; sandbox\b/);
    expect((await sendRequest({ path, as: stranger })).status).toBe(404);
    expect((await sendRequest({ path })).status).toBeOneOf([401, 404]);
  }
});

test("ten of the largest images at once leave the server answering", async () => {
  const bomb = createPixelBomb(10_000, 5000);
  const answers = Promise.all(Array.from({ length: 10 }, () => sendRequest(upload(bomb))));
  const start = performance.now();
  expect((await sendRequest({ path: "/api/health" })).status).toBe(200);
  addFigures(stack, "large images", {
    "ms until health is told beside ten of them": Math.round(performance.now() - start),
  });
  expect((await answers).filter(({ status }) => status >= 500)).toEqual([]);
});
