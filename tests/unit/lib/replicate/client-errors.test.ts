import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { answering, connect, prediction, reply } from "./connect";

const ID = "rrr4z5ztdnrm80crkw0s5e2p2w";
const CREATE = { model: "a/b", version: "7".repeat(64), input: { prompt: "a fox" }, webhook: null };
const PAGE = "<html><style>body { color: red }</style><h1>502 Bad Gateway</h1></html>";

type Answer = (response: ServerResponse) => unknown;

/** Returns the error of a create request with this response, and the number of requests that were sent. */
async function create(answer: Answer) {
  const { client, requests } = await answering(answer);
  const error: unknown = await client.createPrediction(CREATE).catch((caught: unknown) => caught);
  return { error, sent: requests.length };
}

describe("a create without a clear response is sent once, and its error is unclear", () => {
  test.each<[string, Answer]>([
    ["when the connection breaks", (response) => response.destroy()],
    ["when it breaks in the middle of the answer", (response) => response.write('{"id":"', () => response.destroy())],
    ["after a 408", (response) => reply(response, 408, { detail: "Request timeout" })],
    ["after a 500", (response) => reply(response, 500, { detail: "Internal server error" })],
    ["after a page of the network", (response) => reply(response, 502, PAGE, { "content-type": "text/html" })],
    ["after a 503 that asks to come again", (response) => reply(response, 503, PAGE, { "retry-after": "1" })],
    ["after a 504 without a word", (response) => reply(response, 504, "")],
    ["after 5 MB", (response) => reply(response, 201, prediction({ logs: "x".repeat(5_000_000) }))],
  ])("%s", async (_, answer) => {
    expect(await create(answer)).toMatchObject({ error: { name: "ReplicateError", kind: "unclear" }, sent: 1 });
  });

  test.each<[string, Answer]>([
    ["that is not JSON", (response) => reply(response, 201, '{"id":"')],
    ["that is empty", (response) => reply(response, 201, "")],
    ["without content", (response) => response.writeHead(204).end()],
    ["with a list", (response) => reply(response, 201, [prediction()])],
    ["without an id", (response) => reply(response, 201, prediction({ id: undefined }))],
  ])("after a response %s, which is unreadable", async (_, answer) => {
    expect(await create(answer)).toMatchObject({ error: { name: "ReplicateError", kind: "unreadable" }, sent: 1 });
  });

  test("when nothing listens", async () => {
    const client = await connect("http://127.0.0.1:1/v1");
    await expect(client.createPrediction(CREATE)).rejects.toMatchObject({ kind: "unclear" });
  });

  test("when it is redirected, and the token is not sent on", async () => {
    const { error, sent } = await create((response) => response.writeHead(307, { location: "/elsewhere" }).end());
    expect([error, sent]).toMatchObject([{ kind: "unclear" }, 1]);
  });
});

describe("a refused create is sent once, and its error says why", () => {
  const fields = [{ type: "required", field: "input", description: "prompt is required" }];

  test.each<[number, string, unknown, Record<string, unknown>]>([
    [
      401,
      "unauthorized",
      { title: "Unauthenticated", detail: "No valid token", status: 401 },
      { message: "No valid token" },
    ],
    [402, "unauthorized", { title: "Insufficient credit", detail: "No credit" }, { message: "No credit" }],
    [403, "unauthorized", { detail: "Forbidden" }, { message: "Forbidden" }],
    [404, "not_found", { detail: "The requested resource could not be found.", status: 404 }, {}],
    [
      422,
      "rejected",
      { title: "Input validation failed", invalid_fields: fields },
      { message: "Input validation failed" },
    ],
    [422, "rejected", { detail: "- input: prompt is required\n", invalid_fields: fields }, { invalidFields: fields }],
    [
      422,
      "rejected",
      { detail: [{ loc: ["body"] }] },
      { message: "Replicate responded with status 422.", invalidFields: [] },
    ],
    [422, "rejected", { detail: "Use {curly} braces }{" }, { message: "Use {curly} braces }{" }],
    [400, "rejected", "nonsense", { message: "Replicate responded with status 400.", invalidFields: [] }],
    [413, "rejected", PAGE, { message: "Replicate responded with status 413." }],
  ])("%i: %s, with %j", async (status, kind, body, details) => {
    const { error, sent } = await create((response) => reply(response, status, body));
    expect([error, sent]).toMatchObject([{ name: "ReplicateError", kind, ...details }, 1]);
  });

  test("in at most 2000 characters", async () => {
    const { error } = await create((response) => reply(response, 422, { detail: "x".repeat(1_000_000) }));
    expect(error).toMatchObject({ kind: "rejected", message: "x".repeat(2000) });
  });
});

describe("a throttled create is sent once, and its error says how long to wait", () => {
  test.each<[string, string | undefined, unknown, number]>([
    ["in the header", "7", { detail: "Request was throttled." }, 7],
    ["in the body", undefined, { detail: "Request was throttled.", retry_after: 5 }, 5],
    ["in the header before the body", "7", { retry_after: 5 }, 7],
    ["in neither: ten seconds", undefined, { detail: "Request was throttled." }, 10],
    ["as a date, which is not read", "Sat, 21 Nov 2026 14:00:00 GMT", { retry_after: 5 }, 5],
    ["as nothing", "0", {}, 10],
    ["as a time that has passed", "-5", {}, 1],
    ["as half a second", "0.5", {}, 1],
    ["as years", "1e9", {}, 3600],
    ["for ever", "Infinity", {}, 3600],
    ["in a page", undefined, PAGE, 10],
  ])("%s", async (_, header, body, retryAfter) => {
    const { error, sent } = await create((response) =>
      reply(response, 429, body, header === undefined ? {} : { "retry-after": header }),
    );
    expect([error, sent]).toMatchObject([{ kind: "throttled", retryAfter }, 1]);
  });
});

test("a read may have a long response, because some logs are endless", async () => {
  const logs = "x".repeat(5_000_000);
  const { client } = await answering((response) => reply(response, 200, prediction({ logs })));
  expect((await client.getPrediction(ID)).logs).toHaveLength(5_000_000);
});

describe("a read is not repeated either", () => {
  test.each<[string, Answer, string]>([
    ["when the connection breaks", (response) => response.destroy(), "unclear"],
    ["after a 500", (response) => reply(response, 500, {}), "unclear"],
    ["after a 429", (response) => reply(response, 429, {}), "throttled"],
    ["after a 404", (response) => reply(response, 404, { detail: "Not found." }), "not_found"],
  ])("%s", async (_, answer, kind) => {
    const { client, requests } = await answering(answer);
    await expect(client.getPrediction(ID)).rejects.toMatchObject({ kind });
    await expect(client.cancelPrediction(ID)).rejects.toMatchObject({ kind });
    expect(requests).toHaveLength(2);
  });
});
