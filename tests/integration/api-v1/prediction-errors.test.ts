import { expect, inject, test } from "vitest";
import { askApiV1, connectReplicate, quickInput, SDXL } from "../../support/api-v1";
import { createUser } from "../../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const ask = askApiV1(stack, user);
const input = quickInput("refused");

/** Sends a request that must be refused. Returns the status and the body as text. */
async function refuse(body: object, { path = "/predictions", headers = {} } = {}) {
  const response = await ask(path, { body, headers });
  return [response.status, await response.text()] as const;
}
const UNKNOWN = "The specified version does not exist (or perhaps you don't have permission to use it?)";

test("a body that is not valid is refused in Replicate's words, byte by byte", async () => {
  expect(await refuse({ model: "a/b", input })).toEqual([
    422,
    '{"detail":"- version is required\\n- Additional property model is not allowed\\n","status":422,"title":"Input validation failed","invalid_fields":[{"type":"required","field":"","description":"version is required"},{"type":"additional_property_not_allowed","field":"","description":"Additional property model is not allowed"}]}',
  ]);
  expect(await refuse({ version: SDXL, input: "a fox" })).toEqual([
    422,
    '{"detail":"- input: Invalid type. Expected: object, given: string\\n","status":422,"title":"Input validation failed","invalid_fields":[{"type":"invalid_type","field":"input","description":"Invalid type. Expected: object, given: string"}]}',
  ]);
  expect(await refuse({ version: "black-forest-labs/flux-schnell", input: {} })).toEqual([
    422,
    '{"detail":"- input: prompt is required\\n","status":422,"title":"Input validation failed","invalid_fields":[{"type":"required","field":"input","description":"prompt is required"}]}',
  ]);
  const format = { prompt: "a fox", output_format: "gif" };
  expect(await refuse({ input: format }, { path: "/models/black-forest-labs/flux-schnell/predictions" })).toEqual([
    422,
    '{"detail":"- input.output_format: output_format must be one of the following: \\"webp\\", \\"jpg\\", \\"png\\"\\n","status":422,"title":"Input validation failed","invalid_fields":[{"type":"enum","field":"input.output_format","description":"output_format must be one of the following: \\"webp\\", \\"jpg\\", \\"png\\""}]}',
  ]);
});

test("a webhook must be an https URL, and its events must be known", async () => {
  const webhook = await refuse({ version: SDXL, input, webhook: "http://example.com/hook" });
  expect(webhook[1]).toContain('"invalid_fields":[{"type":"format","field":"webhook"');
  const events = await refuse({ version: SDXL, input, webhook_events_filter: ["end"] });
  expect(events[1]).toContain('must be one of the following: \\"start\\", \\"output\\", \\"logs\\", \\"completed\\"');
});

test("Cancel-After must be between five seconds and a day", async () => {
  for (const duration of ["4", "25h", "soon", ""]) {
    const [status, body] = await refuse({ version: SDXL, input }, { headers: { "cancel-after": duration } });
    expect([status, body]).toEqual([422, expect.stringContaining("Cancel-After must be a duration")]);
  }
});

test("a version that is not known is refused, and the caller is told what to send", async () => {
  const [status, body] = await refuse({ version: "a".repeat(64), input });
  expect(status).toBe(422);
  expect(JSON.parse(body)).toEqual({
    title: "Invalid version or not permitted",
    detail: `${UNKNOWN} The version aaaaaaaa… was given without its model. Use the form owner/name:version.`,
    status: 422,
  });
  expect((await refuse({ version: "nobody/nothing", input }))[1]).toContain(UNKNOWN);
  expect(await refuse({ version: `stability-ai/sdxl:${"a".repeat(64)}`, input })).toMatchObject([
    422,
    expect.any(String),
  ]);
});

test("the URL of a model or a prediction that does not exist is not found", async () => {
  const missing = '{"detail":"The requested resource could not be found.","status":404}';
  expect(await refuse({ input }, { path: "/models/nobody/nothing/predictions" })).toEqual([404, missing]);
  expect(await refuse({ input }, { path: `/models/stability-ai/sdxl:${SDXL}/predictions` })).toEqual([404, missing]);
  for (const path of ["/predictions/not-an-id", `/predictions/${user.id}`]) {
    const response = await ask(path);
    expect([response.status, await response.text()]).toEqual([404, missing]);
  }
});

test("a caller without a valid token is told so", async () => {
  const anonymous = await fetch(`${stack.appUrl}/api/v1/predictions`, { headers: user.cookie });
  expect([anonymous.status, await anonymous.json()]).toEqual([
    401,
    { title: "Unauthenticated", detail: "You did not pass an authentication token", status: 401 },
  ]);
  const wrong = connectReplicate(stack, { accessToken: "r8_wrong" });
  await expect(wrong.predictions.list()).rejects.toThrow("You did not pass a valid authentication token");
});

test("a filter of the list that is not valid is refused", async () => {
  for (const query of ["cursor=x", "created_after=yesterday", "source=app"]) {
    const response = await ask(`/predictions?${query}`);
    expect([response.status, await response.json()]).toEqual([
      400,
      { detail: expect.stringContaining(`The parameter "${query.split("=")[0]}" must be`), status: 400 },
    ]);
  }
});
