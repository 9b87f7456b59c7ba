import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { beforeEach, expect, test } from "vitest";
import { receiveFile } from "@/lib/api-v1/files/receive-file";
import { stubSettings } from "../stub-settings";

beforeEach(() => stubSettings({ MAX_FILE_MB: "6" }));

const url = "https://darkroom.example/api/v1/files";
const type = "multipart/form-data; boundary=fox";
const part = (name: string, content: string, more = "") =>
  `--fox\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;

function receive(body: BodyInit, headers: Record<string, string> = {}) {
  return receiveFile(new Request(url, { method: "POST", body, headers, duplex: "half" } as RequestInit));
}

/** The names of the temporary files of this process. */
const listTemporary = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`darkroom-${process.pid}-`));

test("the official client's form: both parts look like files", async () => {
  const form = new FormData();
  form.append("content", new Blob(["a fox"], { type: "Text/Plain" }), "fox.txt");
  form.append("metadata", new Blob(['{"a":{"b":[1]}}'], { type: "application/json" }));
  const { file, ...rest } = await receive(form);
  expect(rest).toEqual({ name: "fox.txt", type: "text/plain", metadata: { a: { b: [1] } } });
  expect(await file.blob.text()).toBe("a fox");
});

test("a file needs no name and no type, and only the first file counts", async () => {
  const { file, ...rest } = await receive(`${part("content", "a fox")}${part("content", "an owl")}--fox--`, {
    "content-type": type,
  });
  expect(rest).toEqual({ name: "", type: "text/plain", metadata: {} });
  expect(await file.blob.text()).toBe("a fox");
});

test("a type that is none is dropped", async () => {
  const { type: found } = await receive(`${part("type", "text/html\r\nx: y")}${part("content", "x")}--fox--`, {
    "content-type": type,
  });
  expect(found).toBe("application/octet-stream");
});

test.each([
  ["no file", `${part("metadata", "{}")}--fox--`, type, "invalid_input"],
  ["metadata that is no object", `${part("metadata", "[]")}${part("content", "x")}--fox--`, type, "invalid_input"],
  ["metadata that is no JSON", `${part("metadata", "{")}${part("content", "x")}--fox--`, type, "invalid_input"],
  [
    "metadata that is nested too deep for the database",
    `${part("metadata", `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`)}${part("content", "x")}--fox--`,
    type,
    "invalid_input",
  ],
  ["no end", part("content", "half a f").trimEnd(), type, "invalid_body"],
  ["no form", "", type, "invalid_body"],
  ["no boundary", "x", "multipart/form-data", "unsupported_media_type"],
  ["another type", "{}", "application/json", "unsupported_media_type"],
])("a body with %s is refused", async (_, body, contentType, code) => {
  await expect(receive(body, { "content-type": contentType })).rejects.toMatchObject({ code });
});

test("a form without an end is not read on and on", async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1_000_000;
      const piece = new TextEncoder().encode(
        sent > 1_000_000 ? "x".repeat(1_000_000) : `${part("content", "x")}--fox--\r\n`,
      );
      if (sent > 50_000_000) controller.close();
      else controller.enqueue(piece);
    },
  });
  await expect(receive(body, { "content-type": type })).rejects.toMatchObject({ code: "payload_too_large" });
  expect(sent).toBeLessThan(12_000_000);
});

test("a large file is on disk until it is removed", async () => {
  const before = await listTemporary();
  const form = new FormData();
  form.append("content", new Blob([new Uint8Array(6_000_000)]), "a");
  const { file } = await receive(form);
  expect(file.blob.size).toBe(6_000_000);
  expect(await listTemporary()).toHaveLength(before.length + 1);
  await file.remove();
  expect(await listTemporary()).toEqual(before);
});

test("neither a file that is too large nor one that breaks off leaves bytes on disk", async () => {
  const before = await listTemporary();
  const piece = new Uint8Array(1_000_000);
  const send = (pieces: number, error?: Error) => {
    let sent = 0;
    const head = new TextEncoder().encode(part("content", "", '; filename="a"').trimEnd() + "\r\n\r\n");
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent === 0) controller.enqueue(head);
        if (sent++ < pieces) controller.enqueue(piece);
        else if (error) controller.error(error);
        else {
          controller.enqueue(new TextEncoder().encode("\r\n--fox--\r\n"));
          controller.close();
        }
      },
    });
  };
  const headers = { "content-type": type };
  await expect(receive(send(7), headers)).rejects.toMatchObject({ code: "payload_too_large" });
  await expect(receive(send(5, new Error("lost")), headers)).rejects.toMatchObject({ code: "invalid_body" });
  const announced = { ...headers, "content-length": "7000001" };
  await expect(receive("x", announced)).rejects.toMatchObject({
    code: "payload_too_large",
    message: "Files must be less than 6MB in size",
  });
  expect(await listTemporary()).toEqual(before);
});
