import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { size } from "../support/form";
import { noise } from "../support/images";
import { createUser } from "../support/users";
import { sendRequest, parseBody, stack, type AppRequest } from "./support/send-request";
import { addFigures } from "./support/figures";
import { createCarriers, createHostileFiles, createPixelBomb } from "./support/hostile-bytes";
import { createHostileMedia } from "./support/hostile-media";
import { attack } from "./support/attack-table";

const user = await createUser(stack);
const stranger = await createUser(stack);
const item = await noise(96, 64).png().toBuffer();
const hostile = Object.entries(await createHostileFiles());
/** The hostile files that an upload refuses: images that cannot be used as inputs, and damaged files of a known format. */
const refused = hostile.filter(
  ([name, { savedAs }]) => savedAs?.startsWith("image/") || /^(PNG|GIF|MP4|WebM|HTML with|HEIC|BMP)/.test(name),
);
const kept = hostile.filter((entry) => !refused.includes(entry));

const upload = (bytes: Uint8Array, type = "image/png"): AppRequest => ({
  path: "/api/uploads?name=fox.png",
  method: "POST",
  as: user,
  headers: { "content-type": type },
  body: new Uint8Array(bytes),
});

attack({
  "files that are damaged, too large, or images that cannot be used": [
    refused.map(([, { bytes }]) => upload(bytes)),
    { status: [400, 413, 415] },
  ],
  "an incomplete image": [
    [0, 1, 8, 33, 100, item.length - 12, item.length - 1].map((end) => upload(item.subarray(0, end))),
    { status: 400, type: "invalid_body" },
  ],
  "an image with one wrong byte": [
    [20, 200, 1000].map((at) => upload(Buffer.from(item.map((byte, index) => (index === at ? byte ^ 255 : byte))))),
    { status: 400, type: "invalid_body" },
  ],
  "a file of 40 MB": [upload(Buffer.alloc(40_000_000, 1)), { status: 413, type: "payload_too_large" }],
  "another user's uploads": [
    ["GET", "DELETE"].map((method) => ({ path: `/api/uploads/${randomUUID()}`, method, as: user })),
    { status: 404, type: "not_found" },
  ],
});

/** Uploads a file, checks that no other user can read it, and returns how the owner gets it. */
async function keep(bytes: Uint8Array) {
  const saved = await sendRequest(upload(bytes, "text/html"));
  expect([saved.status, saved.text.slice(0, 300)]).toEqual([201, expect.any(String)]);
  const path = String(parseBody(saved).url);
  for (const answer of [await sendRequest({ path, as: stranger }), await sendRequest({ path })]) {
    expect(answer.status).toBeOneOf([401, 404]);
  }
  for (const method of ["DELETE", "GET"]) {
    expect((await sendRequest({ path, method, as: stranger })).status).toBe(404);
  }
  const { status, headers, text } = await sendRequest({ path, as: user });
  expect(status).toBe(200);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; sandbox\b/);
  return { type: headers.get("content-type") ?? "", disposition: headers.get("content-disposition") ?? "", text };
}

test.each(Object.entries(await createCarriers()))(
  "%s is served as an image, without the script",
  async (_, { bytes }) => {
    const { type, text } = await keep(bytes);
    expect(type).toMatch(/^image\/(png|jpeg|gif|webp)$/);
    expect(text).not.toMatch(/<script|document\.title/);
  },
);

const media = Object.entries(await createHostileMedia("https://trap.example")).filter(
  ([, { type }]) => !/^image\/(png|jpeg|gif|webp)$/.test(type),
);
const files = [...media, ...kept].map(([name, { bytes }]) => [name, bytes] as const);

test.each(files)("%s is kept, and a browser never runs it", async (_, bytes) => {
  const { type, disposition } = await keep(bytes);
  expect(type).not.toMatch(/html|script|xhtml|^text/);
  expect(/^(video|audio)\//.test(type) || disposition.startsWith("attachment")).toBe(true);
});

test("a ZIP that would unpack to terabytes is kept in no time, because it is never unpacked", async () => {
  const count = 60_000;
  const entry = Buffer.alloc(46 + 1);
  entry.write("PK\x01\x02", 0, "latin1");
  // Each entry of the ZIP claims that its file has 4 GB.
  entry.writeUInt32LE(0xfffffffe, 24);
  entry.writeUInt16LE(1, 28);
  const directory = Buffer.concat(Array<Buffer>(count).fill(entry));
  const start = Buffer.from("PK\x03\x04", "latin1");
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(start.length, 16);
  const began = performance.now();
  const { type } = await keep(Buffer.concat([start, directory, end]));
  expect(type).toBe("application/zip");
  addFigures(stack, "ZIP bomb", { "ms to keep it": Math.round(performance.now() - began) });
});

test("many of the largest images at once leave the server answering", async () => {
  const bomb = createPixelBomb(10_000, 5000);
  const answers = Promise.all(Array.from({ length: size(4, 10) }, () => sendRequest(upload(bomb))));
  const start = performance.now();
  expect((await sendRequest({ path: "/api/health" })).status).toBe(200);
  addFigures(stack, "large images", {
    "ms until health is told beside them": Math.round(performance.now() - start),
  });
  expect((await answers).filter(({ status }) => status >= 500)).toEqual([]);
});
