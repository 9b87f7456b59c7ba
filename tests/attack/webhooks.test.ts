import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import pLimit from "p-limit";
import { createApi } from "../support/api";
import { size } from "../support/form";
import { sql } from "../support/sql";
import { createUser } from "../support/users";
import { sendRequest, parseBody, stack, type AppRequest } from "./support/send-request";
import { body, createDeliveries, OTHER, remote, REPLICATE_ID } from "./support/deliveries";
import { quantile } from "../support/quantile";
import { addFigures } from "./support/figures";
import { formatRequest, sendRaw } from "./support/raw-http";
import { seedRunning } from "./support/seed";
import { signDelivery } from "./support/sign";
import { readState } from "./support/database-state";
import { attack, type Table } from "./support/attack-table";

const user = await createUser(stack);
const { id } = await seedRunning(user, REPLICATE_ID);
const { path, deliver, signed, forged, stale } = createDeliveries(id);

const unsigned = { status: 401, type: "invalid_signature", without: [id] };
const forgedRows: Table = Object.fromEntries(
  Object.entries(forged).map(([what, request]) => [what, [request(), unsigned]]),
);

attack({
  ...forgedRows,
  "a genuine delivery that is minutes, a day or a year late, or early": [
    stale(),
    { status: 401, type: "timestamp_out_of_range" },
  ],
  "a genuine delivery about an unknown prediction": [
    [{ id: "../x" }, { id: "x".repeat(26) }, { id: 1 }, { status: 1 }].map((change) =>
      signed({}, JSON.stringify({ ...remote, ...change })),
    ),
    { status: 200 },
  ],
  "a genuine delivery that is not a prediction": [
    ["", "{", "null", "[]", '"x"', "1", "\u0000"].map((text) => signed({}, text)),
    { status: 200 },
  ],
  "a genuine delivery to a URL without a known id": [
    [
      "",
      "?prediction=",
      "?prediction=x",
      `?prediction=${randomUUID()}`,
      "?prediction=../x",
      `?prediction=x&prediction=${id}`,
    ].map((query) => deliver(signDelivery({ body }), body, `/api/replicate/webhook${query}`)),
    { status: 200 },
  ],
  "a delivery of 10 MB": [
    [signed({}, JSON.stringify({ ...remote, output: "x".repeat(10_000_000) })), deliver({}, "x".repeat(2_000_000))],
    { status: 413, type: "payload_too_large" },
  ],
});

test("R16 five hundred forged deliveries are refused, and nothing is written", async () => {
  const before = await readState();
  const kinds = [...Object.values(forged), stale];
  const sent: AppRequest[] = [];
  while (sent.length < 500) sent.push(...kinds.flatMap((kind) => kind()));
  const one = pLimit(10);
  const answers = await Promise.all(sent.slice(0, 500).map((request) => one(() => sendRequest(request))));
  const accepted = answers.filter(({ status }) => status !== 401).length;
  const after = await readState();
  addFigures(stack, "R16", {
    "forged deliveries": answers.length,
    accepted,
    "of them written": Number(JSON.stringify(after) !== JSON.stringify(before)),
  });
  expect(accepted).toBe(0);
  expect(after).toEqual(before);
});

test("a burst of forged deliveries is refused quickly, and nothing is written", async () => {
  const before = await readState();
  const one = pLimit(10);
  const start = performance.now();
  const times = await Promise.all(
    Array.from({ length: size(200, 1000) }, () =>
      one(async () => {
        const sent = performance.now();
        const response = await fetch(new URL(path, stack.appUrl), {
          method: "POST",
          body,
          headers: signDelivery({ body, secret: OTHER }),
        });
        await response.text();
        expect(response.status).toBe(401);
        return performance.now() - sent;
      }),
    ),
  );
  const seconds = (performance.now() - start) / 1000;
  addFigures(stack, "forged webhooks", {
    "forged in a burst": times.length,
    "a second": Math.round(times.length / seconds),
    "p50 ms": quantile(times, 0.5).toFixed(1),
    "p99 ms": quantile(times, 0.99).toFixed(1),
  });
  expect(await readState()).toEqual(before);
  // Replicate waits ten seconds for a response. The app guarantees one second.
  expect(quantile(times, 0.99)).toBeLessThan(1000);
});

test("a genuine delivery sent a hundred times is applied once", async () => {
  const step = JSON.stringify({ ...remote, status: "canceled", output: null });
  const revision = async () =>
    (await sql<{ revision: number }>(stack, `select revision from predictions where id = '${id}'`))[0]?.revision ?? 0;
  const before = await revision();
  const headers = signDelivery({ body: step });
  const answers = await Promise.all(Array.from({ length: 100 }, () => sendRequest(deliver(headers, step))));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['200 {"received":true}']));
  expect(await revision()).toBe(before + 1);
});

test("a HEAD of the webhook is refused", async () => {
  const { status, headers } = await fetch(new URL(path, stack.appUrl), { method: "HEAD" });
  expect([status, headers.get("allow")]).toEqual([405, "OPTIONS, POST"]);
});

test("Replicate gets the app's own webhook URL, whatever Host a request names", async () => {
  const api = createApi(stack, user);
  const text = JSON.stringify({ input: { prompt: "call me at home [slow]", num_inference_steps: 1 } });
  const evil = { host: "evil.example", "x-forwarded-host": "evil.example", forwarded: "host=evil.example" };
  const own = { ...user.bearer, "content-type": "application/json", "content-length": String(text.length) };
  const request = formatRequest("POST", "/api/replicate", { ...own, ...evil, "x-forwarded-proto": "https" }, text);
  const made = { id: String(parseBody(await sendRaw({ path: "/api/replicate", bytes: [request] })).id) };
  const [row] = await sql<{ replicate_id: string }>(
    stack,
    `select replicate_id from predictions where id = '${made.id}'`,
  );
  const asked = await fetch(`${stack.env.REPLICATE_API_BASE_URL}/predictions/${row?.replicate_id}`, {
    headers: { authorization: `Bearer ${stack.env.REPLICATE_API_TOKEN}` },
  });
  expect(await asked.json()).toMatchObject({
    webhook: `${stack.env.APP_URL}/api/replicate/webhook?prediction=${made.id}`,
  });
  await api.ask(`/api/replicate/${made.id}`, { method: "DELETE" });
  await api.ended(made.id);
});
