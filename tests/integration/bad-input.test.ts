import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { apiOf, ledger } from "../support/api";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = apiOf(stack, user);
const unknown = randomUUID();
const post = (body: BodyInit | undefined, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  ...(body !== undefined && { body }),
  headers: { "content-type": "application/json", ...headers },
});
const input = (value: unknown) => post(JSON.stringify({ input: value }));
const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(8192).fill(32)) });

type Case = [path: string, init: RequestInit & { duplex?: "half" }, status: number, type: string];
const cases: Record<string, Case> = {
  "no body": ["/api/replicate", post(undefined), 400, "invalid_json"],
  "half a body": ["/api/replicate", post("{"), 400, "invalid_json"],
  "more than a body": ["/api/replicate", post('{"a":1}x'), 400, "invalid_json"],
  null: ["/api/replicate", post("null"), 400, "invalid_body"],
  "a list": ["/api/replicate", post("[]"), 400, "invalid_body"],
  "a number": ["/api/replicate", post("1"), 400, "invalid_body"],
  __proto__: ["/api/replicate", post('{"input":{"prompt":"x","__proto__":{"polluted":1}}}'), 400, "invalid_body"],
  "a NUL": ["/api/replicate", post('{"input":{"prompt":"a\\u0000b"}}'), 400, "invalid_body"],
  "half a character": ["/api/replicate", post('{"input":{"prompt":"\\ud800"}}'), 400, "invalid_body"],
  "plain text": [
    "/api/replicate",
    post('{"input":{}}', { "content-type": "text/plain" }),
    415,
    "unsupported_media_type",
  ],
  "a form": [
    "/api/replicate",
    post("input=x", { "content-type": "application/x-www-form-urlencoded" }),
    415,
    "unsupported_media_type",
  ],
  "a compressed body": ["/api/replicate", post("x", { "content-encoding": "gzip" }), 415, "unsupported_media_type"],
  "65 KB": ["/api/replicate", post(`{"input":{"prompt":"${"x".repeat(66_000)}"}}`), 413, "payload_too_large"],
  "an endless body": ["/api/replicate", { ...post(endless()), duplex: "half" }, 413, "payload_too_large"],
  "no input": ["/api/replicate", post("{}"), 422, "invalid_input"],
  "an unknown field": [
    "/api/replicate",
    post('{"input":{"prompt":"x"},"webhook":"https://evil.example"}'),
    422,
    "invalid_input",
  ],
  "an unknown input": ["/api/replicate", input({ prompt: "x", promt: "y" }), 422, "invalid_input"],
  "a prompt that is a number": ["/api/replicate", input({ prompt: 1 }), 422, "invalid_input"],
  "a prompt that is a list": ["/api/replicate", input({ prompt: ["x"] }), 422, "invalid_input"],
  "a blank prompt": ["/api/replicate", input({ prompt: " \u200b" }), 422, "invalid_input"],
  "an endless prompt": ["/api/replicate", input({ prompt: "x".repeat(10_001) }), 422, "invalid_input"],
  "a count as text": ["/api/replicate", input({ prompt: "x", num_outputs: "4" }), 422, "invalid_input"],
  "half a picture": ["/api/replicate", input({ prompt: "x", num_outputs: 1.5 }), 422, "invalid_input"],
  "a thousand pictures": ["/api/replicate", input({ prompt: "x", num_outputs: 1000 }), 422, "invalid_input"],
  "a count without end": ["/api/replicate", post('{"input":{"prompt":"x","num_outputs":1e999}}'), 422, "invalid_input"],
  "a wide picture": ["/api/replicate", input({ prompt: "x", width: 100_000 }), 422, "invalid_input"],
  "a word that is none of the choices": [
    "/api/replicate",
    input({ prompt: "x", scheduler: "FAST" }),
    422,
    "invalid_input",
  ],
  "a foreign file": [
    "/api/replicate",
    input({ prompt: "x", image: "https://evil.example/x.png" }),
    422,
    "invalid_input",
  ],
  "a file of this machine": [
    "/api/replicate",
    input({ prompt: "x", image: "file:///etc/passwd" }),
    422,
    "invalid_input",
  ],
  "an unknown model": [
    "/api/replicate",
    post('{"model":"nobody/nothing","input":{"prompt":"x"}}'),
    422,
    "unknown_model",
  ],
  "an unknown version": [
    "/api/replicate",
    post(`{"model":"stability-ai/sdxl:${"0".repeat(64)}","input":{"prompt":"x"}}`),
    422,
    "unknown_model",
  ],
  "a model that climbs": [
    "/api/replicate",
    post('{"model":"../../account","input":{"prompt":"x"}}'),
    422,
    "unknown_model",
  ],
  "a model with a query": ["/api/replicate", post('{"model":"a/b?x#","input":{"prompt":"x"}}'), 422, "unknown_model"],
  "a long key": [
    "/api/replicate",
    post('{"input":{"prompt":"x"}}', { "idempotency-key": "k".repeat(10_000) }),
    400,
    "invalid_key",
  ],
  "a key with a space": [
    "/api/replicate",
    post('{"input":{"prompt":"x"}}', { "idempotency-key": "a b" }),
    400,
    "invalid_key",
  ],
  "an unknown id": [`/api/replicate/${unknown}`, {}, 404, "not_found"],
  "no id at all": ["/api/replicate/1", {}, 404, "not_found"],
  "an id that climbs": ["/api/replicate/..%2faccount", {}, 404, "not_found"],
  "canceling the unknown": [`/api/replicate/${unknown}`, { method: "DELETE" }, 404, "not_found"],
  "an unknown picture": [`/api/images/${unknown}`, {}, 404, "not_found"],
  "no picture at all": ["/api/images/x", {}, 404, "not_found"],
  "a status nobody knows": ["/api/replicate?status=all", {}, 400, "invalid_query"],
  "an unsigned webhook": ["/api/replicate/webhook", post("{}"), 401, "invalid_signature"],
  "a webhook of 2 MB": ["/api/replicate/webhook", post("x".repeat(2_000_000)), 413, "payload_too_large"],
  "a sweep without the secret": ["/api/cron/sweep", post(undefined), 404, "not_found"],
};

for (const [name, [path, init, status, type]] of Object.entries(cases)) {
  test(`${name} is answered with ${status} ${type}`, async () => {
    const before = (await ledger(stack)).predictions.length;
    const answer = await api.ask(path, init);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({
      type,
      status,
      detail: expect.any(String),
      request_id: expect.any(String),
    });
    expect(answer.status).toBe(status);
    expect((await ledger(stack)).predictions).toHaveLength(before);
  });
}

test("a wrong field is named", async () => {
  const answer = await api.submit({ input: { prompt: "x", num_outputs: 9, width: "wide" } });
  const { invalid_fields: fields } = (await answer.json()) as { invalid_fields: { field: string }[] };
  expect(fields.map(({ field }) => field).sort()).toEqual(["input.num_outputs", "input.width"]);
});

test("a cursor that is not ours begins at the top", async () => {
  for (const cursor of [
    "x",
    "../..",
    ...[
      '["2026","),or(id.neq.x"]',
      `["0000-01-01T00:00:00Z","${unknown}"]`,
      `["2026-01-01T00:00:00+23:59","${unknown}"]`,
    ].map((text) => Buffer.from(text).toString("base64url")),
  ]) {
    expect((await api.ask(`/api/replicate?cursor=${encodeURIComponent(cursor)}`)).status).toBe(200);
  }
});
