import { expect, inject, test } from "vitest";
import { privateModels } from "../../sandbox/replicate/catalog/private-models";
import { createUser } from "../support/users";

// The token of the installation can read a private model that no user may read.

const stack = inject("stack");
const user = await createUser(stack);
const hidden = privateModels[0];
const PRIVATE = hidden?.id ?? "";
const VERSIONS = hidden?.versions.map(({ id }) => id) ?? [];
const MISSING = "sandbox/no-such-model";
const NO_VERSION = "0".repeat(64);

type Sent = { method?: string; body?: string; as?: { bearer: Record<string, string> } };

async function send(path: string, { method = "GET", body, as = user }: Sent = {}) {
  const response = await fetch(`${stack.appUrl}/api/v1${path}`, {
    method,
    headers: { ...as.bearer, "content-type": method === "QUERY" ? "text/plain" : "application/json" },
    ...(body !== undefined && { body }),
  });
  const { date: _, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, text: await response.text() };
}

/** Whether a text contains something about the private model. */
const tells = (text: string) => [...VERSIONS, `"company-style"`, "unpublished"].some((part) => text.includes(part));

test("the token of the installation does see the private model", async () => {
  const headers = { authorization: `Bearer ${stack.env.REPLICATE_API_TOKEN}` };
  for (const path of ["", "/versions", `/versions/${VERSIONS[0]}`, "/examples", "/readme"]) {
    const response = await fetch(`${stack.env.REPLICATE_API_BASE_URL}/models/${PRIVATE}${path}`, { headers });
    expect([response.status, tells(await response.text())]).toEqual([200, true]);
  }
});

test.each([
  ["GET", ""],
  ["GET", "/versions"],
  ["GET", "/versions?cursor=cD14"],
  ["GET", "/versions/VERSION"],
  ["GET", "/examples"],
  ["GET", "/readme"],
  ["HEAD", ""],
  ["HEAD", "/readme"],
  ["PUT", ""],
  ["PATCH", ""],
  ["DELETE", ""],
  ["DELETE", "/versions/VERSION"],
  ["POST", "/versions/VERSION/trainings"],
  ["GET", "/other"],
])("%s of a private model%s answers as for a model that does not exist", async (method, rest) => {
  const of = (model: string, version: string) =>
    send(`/models/${model}${rest.replace("VERSION", version)}`, { method, ...(method === "PATCH" && { body: "{}" }) });
  for (const version of VERSIONS) {
    const answer = await of(PRIVATE, version);
    expect(answer).toEqual(await of(MISSING, NO_VERSION));
    // The second response comes from the cache of the app.
    expect(await of(PRIVATE, version)).toEqual(answer);
    expect(answer.status).toBeGreaterThanOrEqual(403);
    expect(tells(answer.text)).toBe(false);
  }
});

test("the name of a private model in other spellings tells nothing", async () => {
  const spellings = [
    PRIVATE.toUpperCase(),
    PRIVATE.replace("/", "%2F"),
    PRIVATE.replace("c", "%63"),
    `${PRIVATE}%20`,
    `${PRIVATE}:${VERSIONS[0]}`,
    `stability-ai%2F..%2F${PRIVATE}`,
    `stability-ai/..%2F${PRIVATE.replace("/", "%2F")}`,
    `./${PRIVATE}`,
    `stability-ai/sdxl/../../${PRIVATE}`,
    `${PRIVATE}/%2e%2e/${PRIVATE.split("/")[1]}`,
  ];
  for (const spelling of spellings) {
    const { status, text } = await send(`/models/${spelling}`);
    expect({ spelling, status, tells: tells(text) }).toEqual({ spelling, status: 404, tells: false });
  }
});

test("a version of a private model is not found under a public model", async () => {
  for (const version of VERSIONS) {
    const answer = await send(`/models/stability-ai/sdxl/versions/${version}`);
    expect(answer).toEqual(await send(`/models/stability-ai/sdxl/versions/${NO_VERSION}`));
    expect(answer.status).toBe(404);
  }
});

test("no list and no search tells of a private model", async () => {
  const answers = [
    await send("/models"),
    await send("/models?sort_by=model_created_at&sort_direction=desc"),
    await send(`/models?cursor=${encodeURIComponent(Buffer.from(`p=${PRIVATE}`).toString("base64"))}`),
    await send("/models", { method: "QUERY", body: PRIVATE }),
    await send("/models", { method: "QUERY", body: '"company-style"' }),
    await send("/models", { method: "QUERY", body: "campaign" }),
    await send("/search?query=company&limit=50"),
    await send("/search?query=campaign%20style"),
    await send("/collections"),
    await send("/collections/text-to-image"),
    await send("/trainings"),
    await send("/deployments"),
  ];
  expect(answers.map(({ text }) => tells(text))).toEqual(answers.map(() => false));
});

test("the limit on look-ups does not tell a private model from one that does not exist", async () => {
  // 30 look-ups are allowed at once, and a cached response needs no look-up. If the app cached only models that exist,
  // requests for the missing model would reach the limit, and those for the private model would not.
  const statusesOf = async (model: string) => {
    const as = await createUser(stack);
    const statuses: number[] = [];
    for (let n = 0; n < 60; n += 1) statuses.push((await send(`/models/${model}`, { as })).status);
    return statuses;
  };
  const missing = await statusesOf("sandbox/another-missing-model");
  expect(missing).toEqual(missing.map(() => 404));
  expect(await statusesOf(PRIVATE)).toEqual(missing);
});

test("at the same time, many requests for a private model get one answer", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(`/models/${PRIVATE}`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
});
