import { describe, expect, test, vi } from "vitest";
import { answering, prediction, reply, TOKEN } from "./connect";

const ID = "rrr4z5ztdnrm80crkw0s5e2p2w";
const VERSION = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";
const CREATE = { model: "stability-ai/sdxl", version: VERSION, input: { prompt: "a fox" }, webhook: null };

describe("a create", () => {
  test("sends only the version, and a limit of its time", async () => {
    const { client, requests } = await answering((response) => reply(response, 201, prediction()));
    expect(await client.createPrediction(CREATE)).toMatchObject({ id: ID, status: "starting", logs: "" });
    expect(requests).toMatchObject([
      {
        method: "POST",
        path: "/v1/predictions",
        headers: { authorization: `Bearer ${TOKEN}`, "cancel-after": "1800s", "content-type": "application/json" },
      },
    ]);
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({ version: VERSION, input: { prompt: "a fox" } });
    expect(requests[0]?.headers).not.toHaveProperty("prefer");
  });

  test("goes to the model's path when it has no version", async () => {
    const { client, requests } = await answering((response) => reply(response, 201, prediction()));
    await client.createPrediction({ ...CREATE, version: null });
    expect(requests[0]?.path).toBe("/v1/models/stability-ai/sdxl/predictions");
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({ input: { prompt: "a fox" } });
  });

  test("names the webhook and its events", async () => {
    const { client, requests } = await answering((response) => reply(response, 201, prediction()));
    const webhook = "https://darkroom.example/api/replicate/webhook?prediction=7";
    await client.createPrediction({ ...CREATE, webhook });
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({
      webhook,
      webhook_events_filter: ["start", "logs", "output", "completed"],
    });
  });

  test("passes on the URL of an image: nothing is uploaded or downloaded", async () => {
    const { client, requests } = await answering((response) =>
      reply(response, 201, prediction({ status: "succeeded", output: ["https://replicate.delivery/a.png"] })),
    );
    const input = { image: "https://darkroom.example/signed.png", prompt: "data:text/plain,fox" };
    const { output } = await client.createPrediction({ ...CREATE, input });
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ input });
    expect(output).toEqual(["https://replicate.delivery/a.png"]);
    expect(requests).toHaveLength(1);
  });
});

describe("a search", () => {
  test.each(["a fox", 'a "red" fox', "null", "7", "fox\nbarn"])("sends the bare words: %j", async (words) => {
    const { client, requests } = await answering((response) => reply(response, 200, { next: null, results: [] }));
    await client.searchModels(words, "cD0y");
    expect(requests).toMatchObject([
      { method: "QUERY", path: "/v1/models?cursor=cD0y", headers: { "content-type": "text/plain" }, body: words },
    ]);
  });
});

describe("a README", () => {
  test("is read as text, and cut if it is very long", async () => {
    const { client, requests } = await answering((response) => reply(response, 200, "# Fox\n".repeat(10_000)));
    expect(await client.getReadme("a/b")).toHaveLength(20_000);
    expect(requests[0]?.path).toBe("/v1/models/a/b/readme");
  });

  test("that is missing is an error of its own", async () => {
    const { client } = await answering((response) => reply(response, 404, { detail: "Not found." }));
    await expect(client.getReadme("a/b")).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("a request", () => {
  test.each<[string, string, (client: Awaited<ReturnType<typeof answering>>["client"]) => Promise<unknown>]>([
    ["GET", `/v1/predictions/${ID}`, (client) => client.getPrediction(ID)],
    ["POST", `/v1/predictions/${ID}/cancel`, (client) => client.cancelPrediction(ID)],
    ["GET", "/v1/predictions", (client) => client.listPredictionsSince(0)],
    ["GET", "/v1/models/a/b.c", (client) => client.getModel("a/b.c")],
    ["GET", `/v1/models/a/b/versions/${VERSION}`, (client) => client.getVersion("a/b", VERSION)],
    ["GET", "/v1/predictions/..%2Faccount", (client) => client.getPrediction("../account")],
    ["GET", "/v1/predictions/%3Fx%23y%25", (client) => client.getPrediction("?x#y%")],
    ["POST", "/v1/predictions/a%2Fb/cancel", (client) => client.cancelPrediction("a/b")],
    ["GET", "/v1/models/a/b%3Fx%23", (client) => client.getModel("a/b?x#")],
    ["GET", "/v1/models/a/b/versions/..%2F..", (client) => client.getVersion("a/b", "../..")],
  ])("%s %s has an encoded path", async (method, path, call) => {
    const body = { ...prediction(), results: [], owner: "a", name: "b" };
    const { client, requests } = await answering((response) => reply(response, 200, body));
    await call(client);
    expect(requests.map((asked) => [asked.method, asked.path])).toEqual([[method, path]]);
  });

  test.each<[string, (client: Awaited<ReturnType<typeof answering>>["client"]) => Promise<unknown>]>([
    ["the id ..", (client) => client.getPrediction("..")],
    ["the id ''", (client) => client.cancelPrediction("")],
    ["the model ../..", (client) => client.getModel("../..")],
    ["the model a/.", (client) => client.createPrediction({ ...CREATE, model: "a/.", version: null })],
    ["the version ..", (client) => client.getVersion("a/b", "..")],
  ])("with dots as a segment is not sent: %s", async (_, call) => {
    const { client, requests } = await answering((response) => reply(response, 200, prediction()));
    await expect(call(client)).rejects.toMatchObject({ name: "ReplicateError", kind: "not_found" });
    expect(requests).toEqual([]);
  });

  test("waits 12 seconds for its response, so that ours comes within 15", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    const { client } = await answering((response) => reply(response, 200, prediction()));
    await client.getPrediction(ID);
    expect(timeout.mock.calls).toEqual([[12_000]]);
  });
});

describe("the list of predictions", () => {
  const NOW = Date.parse("2026-11-21T14:32:08Z");
  const items = Array.from({ length: 250 }, (_, age) => ({
    id: `p${age}`.padEnd(20, "0"),
    created_at: new Date(NOW - age).toISOString(),
  }));
  const listing = () =>
    answering((response, { url = "" }) => {
      const from = Number(new URL(url, "http://list").searchParams.get("cursor") ?? 0);
      const next = from + 100 < items.length ? `http://list/?cursor=${from + 100}` : null;
      reply(response, 200, { results: items.slice(from, from + 100), next });
    });

  test.each([
    ["all", -Infinity, 250, 3],
    ["those of a moment, and no page more than they fill", -120, 121, 2],
    ["none", 1, 0, 1],
  ])("is read page by page: %s", async (_, moment, count, pages) => {
    const { client, requests } = await listing();
    expect(await client.listPredictionsSince(NOW + moment)).toEqual(items.slice(0, count));
    expect(requests).toHaveLength(pages);
  });

  test("has its valid items although others are not", async () => {
    const [first, second] = items;
    const { client } = await answering((response) =>
      reply(response, 200, { results: [first, null, { id: 7 }, { ...first, created_at: "1" }, second], next: 7 }),
    );
    expect(await client.listPredictionsSince(-Infinity)).toEqual([first, second]);
  });
});

describe("a response", () => {
  test.each(["starting", "processing", "succeeded", "failed", "canceled", "aborted"])(
    "may have the status %s",
    async (status) => {
      const { client } = await answering((response) => reply(response, 200, prediction({ status, logs: null })));
      expect(await client.getPrediction(ID)).toMatchObject({ status, logs: null });
    },
  );

  test.each<[string, Record<string, unknown>]>([
    ["no id", { id: undefined }],
    ["an id that leads elsewhere", { id: "../../account/aaaaaaaaaa" }],
    ["an id in capitals", { id: "RRR4Z5ZTDNRM80CRKW0S5E2P2W" }],
    ["a number for a status", { status: 7 }],
  ])("is invalid with %s", async (_, changes) => {
    const { client } = await answering((response) => reply(response, 201, prediction(changes)));
    await expect(client.createPrediction(CREATE)).rejects.toMatchObject({ kind: "unreadable" });
  });

  const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["a status that was added since", { status: "paused" }, { status: "paused" }],
    ["no time", { created_at: undefined }, { id: ID }],
    ["a number for a time", { completed_at: "1" }, { completed_at: null }],
    ["a time before Replicate", { completed_at: "0001-01-01T00:00:00Z" }, { completed_at: null }],
    ["a time in the distant future", { started_at: "9999-12-31T23:59:59-10:00" }, { started_at: null }],
    ["a day that does not exist", { started_at: "2026-02-30T00:00:00Z" }, { started_at: null }],
    [
      "another time zone",
      { started_at: "2026-11-21T14:32:08.123456+23:00" },
      { started_at: "2026-11-20T15:32:08.123Z" },
    ],
    ["logs that are no text", { logs: { a: 1 } }, { logs: null }],
    ["metrics that are a list", { metrics: [1] }, { metrics: null }],
    ["a webhook that is a number", { webhook: 7 }, { webhook: null }],
  ])("is valid with %s", async (_, changes, expected) => {
    const { client } = await answering((response) => reply(response, 200, prediction(changes)));
    expect(await client.getPrediction(ID)).toMatchObject(expected);
  });

  test("that is nested 9,000 deep is cut at 32 levels", async () => {
    const { client } = await answering((response) =>
      reply(
        response,
        200,
        prediction({ output: nested(9000), metrics: { a: nested(9000) }, input: { a: nested(9000) } }),
      ),
    );
    const { output, metrics, input } = await client.getPrediction(ID);
    for (const value of [output, metrics, input]) expect(JSON.stringify(value).length).toBeLessThan(100);
  });
});
