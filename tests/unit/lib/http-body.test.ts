import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readBody, readBodyWithFiles, readText } from "@/lib/http";
import { NewPrediction } from "@/lib/predictions/input/new-prediction";

const KB = 1024;
const JSON_TYPE = { "content-type": "application/json" };

const post = (body: BodyInit | null, headers: Record<string, string> = JSON_TYPE) =>
  new Request("http://localhost/api/replicate", { method: "POST", body, headers, duplex: "half" } as RequestInit);
const read = (body: BodyInit | null, headers?: Record<string, string>) => readBody(post(body, headers), NewPrediction);

/**
 * Returns a body of `total` bytes in chunks of 1 KB, and `count`: how many chunks have been read (`pulled`), and whether the body
 * has been canceled.
 */
function countedBody(total: number) {
  const count = { pulled: 0, isCanceled: false };
  const stream = new ReadableStream(
    {
      pull(controller) {
        if (count.pulled * KB >= total) return controller.close();
        count.pulled += 1;
        controller.enqueue(new Uint8Array(KB).fill(32));
      },
      cancel() {
        count.isCanceled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { count, stream };
}

describe("a body", () => {
  test("that fits the schema is returned", async () => {
    expect(await read('{"input":{"prompt":"a fox \u{1f98a}"}}')).toEqual({ input: { prompt: "a fox \u{1f98a}" } });
  });

  test.each(["application/json; charset=utf-8", "APPLICATION/JSON", "application/problem+json"])(
    "of type %s is read",
    async (type) => {
      await expect(read('{"input":{}}', { "content-type": type })).resolves.toEqual({ input: {} });
    },
  );

  test.each([
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "text/plain; application/json",
  ])("of type %j is refused with 415", async (type) => {
    const refusal = { code: "unsupported_media_type", status: 415 };
    await expect(read('{"input":{}}', { "content-type": type })).rejects.toMatchObject(refusal);
  });

  test("with Content-Encoding is refused with 415", async () => {
    const headers = { ...JSON_TYPE, "content-encoding": "gzip" };
    await expect(read('{"input":{}}', headers)).rejects.toMatchObject({ status: 415 });
  });

  test.each([null, "", "{", '{"a":1}x', "undefined", "{'a':1}", '{"input":{"a":NaN}}', "\u0000"])(
    "of %j is not JSON",
    async (body) => {
      await expect(read(body)).rejects.toMatchObject({ code: "invalid_json", status: 400 });
    },
  );

  test("that is nested too deeply is not JSON", async () => {
    const body = `{"input":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
    await expect(read(body)).rejects.toMatchObject({ code: "invalid_json" });
  });

  test.each(["null", "[]", '"x"', "1", "true", '[{"input":{}}]'])("of %s is not an object", async (body) => {
    await expect(read(body)).rejects.toMatchObject({ code: "invalid_body", status: 400 });
  });

  test.each([
    '{"__proto__":{"polluted":true},"input":{}}',
    '{"input":{"__proto__":{"polluted":true}}}',
    '{"input":{"list":[{"__proto__":1}]}}',
    '{"input":{"\\u005f_proto__":1}}',
  ])("with __proto__ anywhere is refused: %s", async (body) => {
    await expect(read(body)).rejects.toMatchObject({
      code: "invalid_body",
      message: "The field __proto__ is not allowed.",
    });
    expect({}).not.toHaveProperty("polluted");
  });

  test("with invalid fields is refused with 422, which names each of them", async () => {
    await expect(read('{"model":1,"input":[],"parent":"7","constructor":{}}')).rejects.toMatchObject({
      code: "invalid_input",
      status: 422,
      invalidFields: [
        { field: "model", type: "invalid_type" },
        { field: "input", type: "invalid_type" },
        { field: "parent", type: "invalid_format" },
        { field: "", type: "unrecognized_keys", description: expect.stringContaining("constructor") },
      ],
    });
  });

  test("names a field inside another by its path", async () => {
    const schema = z.object({ input: z.object({ size: z.tuple([z.number()]) }) });
    const refused = readBody(post('{"input":{"size":["1"]}}'), schema);
    await expect(refused).rejects.toMatchObject({ invalidFields: [{ field: "input.size.0" }] });
  });
});

describe("the size of a body", () => {
  const refusal = { code: "payload_too_large", status: 413, message: "The request body is larger than 64 KB." };

  test("above the limit in Content-Length is refused without reading", async () => {
    const { count, stream } = countedBody(KB);
    const headers = { ...JSON_TYPE, "content-length": String(64 * KB + 1) };
    await expect(read(stream, headers)).rejects.toMatchObject(refusal);
    expect(count.pulled).toBe(0);
  });

  test.each([undefined, "10"])("is counted while reading, whatever Content-Length says: %s", async (length) => {
    const { count, stream } = countedBody(10_000 * KB);
    const headers = { ...JSON_TYPE, ...(length && { "content-length": length }) };
    await expect(read(stream, headers)).rejects.toMatchObject(refusal);
    expect(count).toEqual({ pulled: 65, isCanceled: true });
  });

  test("may be exactly the limit", async () => {
    const body = `{"input":{"prompt":"${"x".repeat(64 * KB - 23)}"}}`;
    expect(body).toHaveLength(64 * KB);
    await expect(read(body)).resolves.toBeDefined();
    await expect(read(`${body} `)).rejects.toMatchObject(refusal);
  });

  test("is measured in bytes, not in characters", async () => {
    await expect(readText(post("é".repeat(KB)), 2 * KB)).resolves.toHaveLength(KB);
    await expect(readText(post("é".repeat(KB)), 2 * KB - 1)).rejects.toMatchObject({ status: 413 });
  });

  test("may be spread over chunks that split a character", async () => {
    const bytes = new TextEncoder().encode("a fox \u{1f98a}");
    const stream = new ReadableStream({
      start(controller) {
        for (const piece of [bytes.subarray(0, 8), bytes.subarray(8)]) controller.enqueue(piece);
        controller.close();
      },
    });
    expect(await readText(post(stream), KB)).toBe("a fox \u{1f98a}");
  });
});

describe("a body with files", () => {
  const readFiles = (body: BodyInit) => readBodyWithFiles(post(body), NewPrediction);
  const file = (length: number) => `data:image/png;base64,${"A".repeat(length)}`;
  const request = (more: object) => JSON.stringify({ input: { prompt: "a fox", ...more } });

  test("may have data URIs of almost 4 MB, also with escaped slashes", async () => {
    const input = { image: file(3_000_000), images: [file(400_000), file(400_000)] };
    expect(await readFiles(request(input))).toMatchObject({ input });
    const escaped = request(input).replaceAll("/", "\\/");
    expect(await readFiles(escaped)).toMatchObject({ input });
  });

  test("may have no more than that, and says what to do instead", async () => {
    const refusal = {
      code: "payload_too_large",
      message: expect.stringMatching(/larger than 4 MB\. Upload large files with POST .* before/),
    };
    await expect(readFiles(request({ image: file(4_000_000) }))).rejects.toMatchObject(refusal);
  });

  test("may have only 64 KB of anything else", async () => {
    const message = "The request body is larger than 64 KB.";
    const long = { prompt: "x".repeat(66_000), image: file(100_000) };
    await expect(readFiles(request(long))).rejects.toMatchObject({ code: "payload_too_large", message });
    await expect(readFiles(request({ text: `see ${file(66_000)}` }))).rejects.toMatchObject({ message });
  });

  test("is read in linear time", async () => {
    const start = performance.now();
    const text = `{"input":{"a":"data:${"\\/".repeat(900_000)}`;
    await expect(readFiles(text)).rejects.toMatchObject({ status: 413 });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
