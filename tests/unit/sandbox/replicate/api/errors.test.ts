import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { SDXL, serve, small, TOKEN } from "../serve.ts";

const unauthenticated = (detail: string) => `{"title":"Unauthenticated","detail":"${detail}","status":401}\n`;

test("401 says whether a token was missing or wrong", async () => {
  const { origin, ask } = await serve();
  const missing = await fetch(`${origin}/v1/account`);
  expect(missing.status).toBe(401);
  expect(await missing.text()).toBe(unauthenticated("You did not pass an authentication token"));
  const wrong = await ask("GET", "/v1/account", undefined, { authorization: "Bearer r8_other" });
  expect(await wrong.text()).toBe(unauthenticated("You did not pass a valid authentication token"));
  const control = await fetch(`${origin}/__ledger`);
  expect(control.status).toBe(401);
});

test("404 has no title", async () => {
  const { ask, replicate } = await serve();
  for (const path of ["/v1/predictions/nothing", "/v1/nowhere", "/v1/models/a/b", "/v1/trainings/x"]) {
    const response = await ask("GET", path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('{"detail":"The requested resource could not be found.","status":404}');
  }
  await expect(replicate.predictions.create({ model: "stability-ai/sdxl", input: {} })).rejects.toThrow(
    'failed with status 404 Not Found: {"detail":"The requested resource could not be found.","status":404}.',
  );
});

test("422 for a version that does not exist, and for a model that does not run by its name", async () => {
  const { ask } = await serve();
  for (const version of ["f".repeat(64), "stability-ai/sdxl", "stability-ai/other:" + SDXL]) {
    const response = await ask("POST", "/v1/predictions", { version, input: {} });
    expect(response.status).toBe(422);
    expect(await response.text()).toBe(
      '{"title":"Invalid version or not permitted","detail":"The specified version does not exist (or perhaps you don\'t have permission to use it?)","status":422}',
    );
  }
});

test("a version can be named by its id, by model and id, or by an official model", async () => {
  const { ask } = await serve();
  const flux = { version: "black-forest-labs/flux-schnell", input: { prompt: "sea" } };
  expect(await (await ask("POST", "/v1/predictions", flux)).json()).toMatchObject({ version: "hidden" });
  const sdxl = { version: `stability-ai/sdxl:${SDXL}`, input: small };
  expect(await (await ask("POST", "/v1/predictions", sdxl)).json()).toMatchObject({ version: SDXL });
});

test("422 for an input that breaks the version's schema, byte for byte as at Replicate", async () => {
  const { ask } = await serve();
  const response = await ask("POST", "/v1/models/black-forest-labs/flux-schnell/predictions", { input: {} });
  expect(response.status).toBe(422);
  expect(await response.text()).toBe(
    '{"detail":"- input: prompt is required\\n","status":422,"title":"Input validation failed","invalid_fields":[{"type":"required","field":"input","description":"prompt is required"}]}',
  );
});

test("422 for unknown properties of the body", async () => {
  const { ask } = await serve();
  const response = await ask("POST", "/v1/predictions", { model: "x", input: {} });
  expect(await response.text()).toBe(
    '{"detail":"- version is required\\n- Additional property model is not allowed\\n","status":422,"title":"Input validation failed","invalid_fields":[{"type":"required","field":"","description":"version is required"},{"type":"additional_property_not_allowed","field":"","description":"Additional property model is not allowed"}]}',
  );
});

test("unknown input keys are accepted and returned, without defaults", async () => {
  const { replicate } = await serve();
  const input = { ...small, sampler: "none" };
  expect((await replicate.predictions.create({ version: SDXL, input })).input).toEqual(input);
});

test("every wrong field of an input is listed with its path", async () => {
  const { create } = await serve();
  const response = await create({ num_outputs: 9, width: "wide", scheduler: "X", guidance_scale: 0, image: "fox.png" });
  expect(await response.json()).toMatchObject({
    invalid_fields: [
      { type: "number_lte", field: "input.num_outputs", description: "Must be less than or equal to 4" },
      { type: "invalid_type", field: "input.width", description: "Invalid type. Expected: integer, given: string" },
      {
        type: "enum",
        field: "input.scheduler",
        description: expect.stringMatching('^scheduler must be one of the following: "DDIM", '),
      },
      { type: "number_gte", field: "input.guidance_scale", description: "Must be greater than or equal to 1" },
      { type: "format", field: "input.image", description: "Does not match format 'uri'" },
    ],
  });
});

test("a webhook URL must be https or on this machine", async () => {
  const { ask } = await serve();
  const body = { version: SDXL, input: small };
  const plain = await ask("POST", "/v1/predictions", { ...body, webhook: "http://example.com/hook" });
  expect(plain.status).toBe(422);
  expect(await plain.json()).toMatchObject({ invalid_fields: [{ field: "webhook" }] });
  const events = await ask("POST", "/v1/predictions", { ...body, webhook_events_filter: ["ended"] });
  expect(await events.json()).toMatchObject({ invalid_fields: [{ field: "webhook_events_filter.0", type: "enum" }] });
});

test("a body that is not JSON answers 400, one that is not an object 422", async () => {
  const { origin, ask } = await serve();
  const headers = { authorization: `Bearer ${TOKEN}` };
  const response = await fetch(`${origin}/v1/predictions`, { method: "POST", headers, body: "{" });
  expect(response.status).toBe(400);
  expect((await ask("POST", "/v1/predictions", [])).status).toBe(422);
});

test("413 for a file above 100 MB, before it is read", async () => {
  const { origin } = await serve();
  const headers = { authorization: `Bearer ${TOKEN}`, "content-length": 101_000_001 };
  const upload = request(`${origin}/v1/files`, { method: "POST", headers }).on("error", () => undefined);
  upload.flushHeaders();
  const [response] = await once(upload, "response");
  expect(response.statusCode).toBe(413);
  expect(await text(response)).toBe('{"detail":"Files must be less than 100MB in size"}');
  upload.destroy();
});

test("browsers may read output files, but not the API", async () => {
  const { finish, ask, origin } = await serve();
  expect((await ask("GET", "/v1/account")).headers.get("access-control-allow-origin")).toBeNull();
  const preflight = await fetch(`${origin}/v1/account`, { method: "OPTIONS" });
  expect(preflight.ok).toBe(false);
  const { output } = await finish(small);
  expect((await fetch(output[0])).headers.get("access-control-allow-origin")).toBe("*");
});

test("answers say how many requests are left in this minute", async () => {
  const { ask, create, faults } = await serve();
  const left = (response: Response) =>
    ["remaining", "reset"].map((name) => Number(response.headers.get(`ratelimit-${name}`)));
  expect(left(await create(small))).toEqual([599, 1]);
  expect(left(await ask("GET", "/v1/account"))).toEqual([2999, 1]);
  await faults({ create: { status: 429, retry_after: 7 } });
  expect(left(await create(small))).toEqual([0, 7]);
});
