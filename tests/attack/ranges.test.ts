import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { createApi } from "../support/api";
import { isFull } from "../support/form";
import { measureGrowth } from "../support/memory";
import { MEDIA_FILES } from "../support/media-files";
import { createUser } from "../support/users";
import { addFigures } from "./support/figures";
import { saveFiles } from "./support/run-with-output";
import { parseBody, sendRequest, stack } from "./support/send-request";

const owner = await createUser(stack);
const stranger = await createUser(stack);
const bytes = (await MEDIA_FILES["MP4"]?.make()) ?? Buffer.alloc(0);
const secret = (await MEDIA_FILES["WebM"]?.make()) ?? Buffer.alloc(0);
const size = bytes.length;
const last = size - 1;

let path = "";
let secretPath = "";
let token = "";
let etag = "";

beforeAll(async () => {
  const files = [
    { bytes, type: "video/mp4" },
    { bytes: secret, type: "video/webm" },
  ];
  const { images } = await saveFiles(owner, "a film in parts", files);
  [path = "", secretPath = ""] = images.map(({ url }) => url);
  token = String(parseBody(await sendRequest({ path: `${path}/share`, method: "POST", as: owner })).share_token);
  etag = (await sendRequest({ path, as: owner })).headers.get("etag") ?? "";
});

/**
 * What the response to each `Range` header contains: the bytes from the first to the last position, the whole file, or
 * nothing.
 */
const ranges: Record<string, [first: number, last: number] | "whole" | "nothing"> = {
  "bytes=0-0": [0, 0],
  "bytes=0-1": [0, 1],
  "bytes=0-": [0, last],
  [`bytes=${last}-`]: [last, last],
  [`bytes=${last}-${last}`]: [last, last],
  [`bytes=5-${size + 5}`]: [5, last],
  "bytes=5-99999999999999999999": [5, last],
  "bytes=-1": [last, last],
  "bytes=-100": [size - 100, last],
  [`bytes=-${size + 1}`]: [0, last],
  "bytes=-99999999999999999999": [0, last],
  "bytes=-0": "nothing",
  [`bytes=${size}-`]: "nothing",
  [`bytes=${size}-${size + 5}`]: "nothing",
  "bytes=99999999999999999999-": "nothing",
  "bytes=9-5": "whole",
  "bytes=-": "whole",
  "bytes=--1": "whole",
  "bytes=-1-5": "whole",
  "bytes=1.5-9": "whole",
  "bytes=0x1-0x9": "whole",
  "bytes=1e1-2e1": "whole",
  "bytes=a-b": "whole",
  "bytes 0-5": "whole",
  "chars=0-5": "whole",
  "bytes=": "whole",
  "bytes=0-1,3-4": "whole",
  "bytes=0-9,0-9,0-9": "whole",
  [`bytes=${Array(1000).fill("0-").join(",")}`]: "whole",
  [`bytes=${Array.from({ length: 1000 }, (_, index) => `${index * 2}-${index * 2}`).join(",")}`]: "whole",
};

describe("a range of a file", () => {
  const table = Object.entries(ranges).map(([range, expected]) => ({ name: range.slice(0, 40), range, expected }));
  test.each(table)("$name gets exactly what it asks for", async ({ range, expected }) => {
    for (const request of [{ path, as: owner }, { path: `${path}?token=${token}` }, { path, in: owner }]) {
      const answer = await sendRequest({ ...request, headers: { range } });
      const part = Array.isArray(expected) ? bytes.subarray(expected[0], expected[1] + 1) : bytes;
      const status = expected === "nothing" ? 416 : expected === "whole" ? 200 : 206;
      const content = status === 206 ? `bytes ${String(expected).replace(",", "-")}/${size}` : null;
      expect(answer.status).toBe(status);
      expect(answer.headers.get("content-range")).toBe(status === 416 ? `bytes */${size}` : content);
      if (status === 416) continue;
      expect(answer.headers.get("accept-ranges")).toBe("bytes");
      expect(answer.bytes).toEqual(part);
    }
    addFigures(stack, "ranges", { "ranges asked": 3 });
  });

  test("counts only if it is about the same version of the file", async () => {
    const send = (condition: string) =>
      sendRequest({ path, as: owner, headers: { range: "bytes=0-9", "if-range": condition } });
    expect((await send(etag)).status).toBe(206);
    const others = [
      '"another"',
      `W/${etag}`,
      etag.slice(1, -1),
      "*",
      "Thu, 01 Jan 1970 00:00:00 GMT",
      "x".repeat(5000),
    ];
    for (const other of others) {
      const { status, bytes: given } = await send(other);
      expect([other.slice(0, 40), status, given.length]).toEqual([other.slice(0, 40), 200, size]);
    }
  });

  test("is ignored by HEAD, and by what is made anew for each request", async () => {
    const headers = { range: "bytes=0-9" };
    const head = await sendRequest({ path, method: "HEAD", as: owner, headers });
    expect([head.status, head.headers.get("content-range"), head.bytes.length]).toEqual([200, null, 0]);
    const id = path.slice(path.lastIndexOf("/") + 1);
    for (const other of [`/api/media/zip?ids=${id}`, `${path}?download`]) {
      expect((await sendRequest({ path: other, as: owner, headers })).status).toBe(200);
    }
  });

  test("gives nobody else a byte", async () => {
    const foreign = [
      { path: secretPath },
      { path: secretPath, as: stranger },
      { path: secretPath, in: stranger },
      { path: `${secretPath}?token=${token}` },
      { path: `${secretPath}?token=${token}`, as: stranger },
      { path: `${path}?token=${token.slice(0, -1)}` },
    ];
    for (const range of ["bytes=0-0", "bytes=-1", "bytes=0-,0-", `bytes=${secret.length}-`]) {
      const answers = await Promise.all(foreign.map((request) => sendRequest({ ...request, headers: { range } })));
      expect(answers.map(({ status, headers }) => [status, headers.get("content-range")])).toEqual(
        foreign.map(() => [404, null]),
      );
    }
    addFigures(stack, "ranges", { "bytes of other users": 0 });
  });
});

/** How many clients read at the same time. If the app had the whole file in memory for each of them, it would need 1,200 MB. */
const READERS = 30;

/** The short form leaves out this test, because it measures only a cost. */
const ROUNDS = isFull ? [10] : [];

test.each(ROUNDS)(
  "readers who ask %i times for all of a large file and leave cost little memory",
  { timeout: 180_000 },
  async (rounds) => {
    const app = await startAnotherApp(stack, { READS_PER_SECOND_PER_USER: "100000" });
    onTestFinished(() => app.stop());
    const api = createApi(app, owner);
    const prediction = await api.create({ prompt: "a long film [as mov] [40 MB]", num_inference_steps: 1 });
    const [film] = (await api.saved(prediction.id, 90_000)).images;
    const readAndLeave = async (range: string) => {
      const leave = new AbortController();
      const { status, body } = await api.ask(film?.url ?? "", { headers: { range }, signal: leave.signal });
      expect([200, 206]).toContain(status);
      await body?.getReader().read();
      leave.abort();
    };
    const read = async (times: number) => {
      const many = `bytes=${"0-,".repeat(500)}0-`;
      const asked = Array.from({ length: READERS }, (_, index) => (index % 2 ? "bytes=0-" : many));
      for (let time = 0; time < times; time += 1) await Promise.all(asked.map(readAndLeave));
    };
    // The first readers are not measured, because the server loads code for them.
    await read(2);
    const { growth } = await measureGrowth(app.pid, () => read(rounds));
    addFigures(stack, "ranges", { [`MB of memory for ${rounds * READERS} readers of 40 MB`]: growth });
    expect(growth).toBeLessThan(200);
  },
);
