import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { expect, test } from "vitest";
import { createUser } from "../support/users";
import { sendRequest, parseBody, stack, type AppRequest } from "./support/send-request";
import { addFigures } from "./support/figures";
import { openSocket, formatRequest, sendRaw } from "./support/raw-http";
import { attack, listDifferences } from "./support/attack-table";

const user = await createUser(stack);
const path = "/api/replicate";
const json = { "content-type": "application/json" };

/** The routes that take a JSON body, apart from /api/v1. */
const routes = [
  { path, method: "POST" },
  { path: `/api/media/${randomUUID()}`, method: "PATCH" },
  { path: "/api/media/restore", method: "POST" },
  { path: "/api/media", method: "DELETE" },
  { path: "/api/uploads/restore", method: "POST" },
  { path: "/api/uploads/signed", method: "POST" },
  { path: "/api/words", method: "POST" },
  { path: "/api/chat", method: "POST" },
  { path: "/api/account/keys", method: "POST" },
];

/** Returns one request with this body for each of `routes`. */
function send(body?: BodyInit, headers: Record<string, string> = {}): AppRequest[] {
  const headed = { as: user, headers: { ...json, ...headers } };
  return routes.map((route) => ({ ...route, ...headed, ...(body !== undefined && { body }) }));
}

const each = (...texts: string[]) => texts.flatMap((text) => send(text));
const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(8192).fill(32)) });
const raw = (headers: Record<string, string>, ...bytes: (string | Buffer)[]) =>
  sendRaw({
    path,
    known: 400,
    bytes: [formatRequest("POST", path, { ...user.bearer, ...json, ...headers }), ...bytes],
  });

const invalidJson = { status: 400, type: "invalid_json" };
const invalidBody = { status: 400, type: "invalid_body" };
const invalidInput = { status: 422, type: "invalid_input" };
const invalidKey = { status: 400, type: "invalid_key" };
const wrongType = { status: 415, type: "unsupported_media_type" };
const tooLarge = { status: 413, type: "payload_too_large" };
/** The response to a request that Node itself refuses, before the app gets it. */
const refused = { status: 400 };
const body = '{"input":{"prompt":"x"}}';
const unknown = randomUUID();
const TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/xml",
  "application/jsonp",
  "",
];

attack({
  "no body": [send(), invalidJson],
  "half a body, or more than one": [each("{", '{"a":1}x', "", "NaN", "{'a':1}"), invalidJson],
  "an incomplete body": [() => sendHalfBody(), { status: 200 }],
  "bytes that are not UTF-8": [send(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])), invalidJson],
  "JSON that is not an object": [each("null", "[]", '"x"', "1", "true"), invalidBody],
  "no content type, or another one": [TYPES.flatMap((type) => send(body, { "content-type": type })), wrongType],
  "65 KB": [send(`{"input":{"prompt":"${"x".repeat(66_000)}"}}`), tooLarge],
  "10 MB and 20 MB": [[10, 20].flatMap((size) => send(Buffer.alloc(size * 1_000_000, 32)).slice(0, 1)), tooLarge],
  "an endless body, without a length": [send().map((request) => ({ ...request, body: endless() })), tooLarge],
  "a length that is not a number": [() => raw({ "content-length": "abc" }, body), refused],
  "two lengths": [() => raw({ "content-length": "24", "Content-Length": "5" }, body), refused],
  "a length and chunks, as in request smuggling": [
    () => raw({ "content-length": "5", "transfer-encoding": "chunked" }, "0\r\n\r\n"),
    refused,
  ],
  "invalid chunks": [() => raw({ "transfer-encoding": "chunked" }, "zz\r\n{}\r\n"), refused],
  "a compressed body": [
    ["gzip", "br", "deflate", "identity"].flatMap((coding) => send("x", { "content-encoding": coding })),
    wrongType,
  ],
  "__proto__ as a key": [
    each('{"__proto__":{"polluted":1}}', '{"input":{"prompt":"x","__proto__":{"polluted":1}}}'),
    invalidBody,
  ],
  "constructor.prototype as keys": [
    each(
      '{"constructor":{"prototype":{"polluted":1}},"input":{"prompt":"x"}}',
      '{"input":{"prompt":"x","constructor":{"prototype":{"polluted":1}}}}',
    ),
    invalidInput,
  ],
  "an unknown field": [
    ["webhook", "user_id", "id", "status", "share_token"].flatMap((name) =>
      send(JSON.stringify({ input: { prompt: "x" }, favorite: true, ids: [randomUUID()], [name]: "x" })),
    ),
    invalidInput,
  ],
  "a body nested ten thousand deep": [
    each(`{"input":{"prompt":${"[".repeat(10_000)}${"]".repeat(10_000)}}}`),
    { status: [400, 422] },
  ],
  "characters that Postgres refuses": [
    each('{"input":{"prompt":"a\\u0000b"}}', '{"input":{"prompt":"\\ud800"}}', '{"input":{"\\u0000":1}}'),
    invalidBody,
  ],
  "invalid changes of an image": [
    [
      "{}",
      '{"favorite":1}',
      '{"favorite":null}',
      '{"ids":[]}',
      '{"ids":["x"]}',
      `{"ids":["${unknown}",1]}`,
      JSON.stringify({ ids: Array(101).fill(unknown) }),
    ].flatMap((text) => send(text).slice(1)),
    invalidInput,
  ],
  "a long key, or one with a space": [
    ["k".repeat(10_000), "k".repeat(201), "a b", "\u00e9"].flatMap((key) =>
      send(body, { "idempotency-key": key }).slice(0, 1),
    ),
    invalidKey,
  ],
  "a key with control characters": [
    () => raw({ "idempotency-key": "a\u0001b", "content-length": "24" }, body),
    refused,
  ],
});

test("no body has changed Object.prototype", () => {
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test("the server stops reading a body of 64 MB", async () => {
  const size = 64 * 1024 * 1024;
  const piece = Buffer.alloc(65_536, 32);
  function* pieces() {
    // With `connection: close`, the server closes the connection while bytes still arrive. This can reset the connection
    // before the client has read the response.
    const headers = { ...user.bearer, ...json, connection: "keep-alive", "content-length": String(size) };
    yield formatRequest("POST", path, headers);
    for (let sent = 0; sent < size; sent += piece.length) yield piece;
  }
  const answer = await sendRaw({ path, bytes: pieces() });
  expect(listDifferences(answer, tooLarge)).toEqual([]);
  expect(parseBody(answer).detail).toMatch(/^The request body is larger than 4 MB\. Upload large files with POST/);
  addFigures(stack, "large bodies", { "bytes announced": size, "bytes on the way when refused": answer.taken });
  expect(answer.taken).toBeLessThan(size / 2);
});

/**
 * Sends half a body and closes the connection, so there is no response. Then returns the response to another request, which
 * shows that the server still runs.
 */
async function sendHalfBody() {
  const socket = await openSocket();
  socket.end(formatRequest("POST", path, { ...user.bearer, ...json, "content-length": "24" }, '{"input":'));
  await once(socket.resume(), "close");
  return sendRequest({ path: "/api/health" });
}
