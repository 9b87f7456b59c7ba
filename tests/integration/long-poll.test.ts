import { setTimeout as sleep } from "node:timers/promises";
import { expect, inject, onTestFinished, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { startAnotherApp } from "../support/another-app";
import { listAccepted, createApi, listRequestsAbout } from "../support/api";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const quick = { num_inference_steps: 10 };

test("the plain poll loop of a Replicate tutorial works unchanged", async () => {
  const fetchAsPage = (path: string, init?: RequestInit) =>
    fetch(new URL(path, stack.appUrl), {
      ...init,
      headers: { ...user.cookie, origin: stack.appUrl, "content-type": "application/json" },
    });

  const response = await fetchAsPage("/api/replicate", {
    method: "POST",
    body: JSON.stringify({ input: { prompt: "a tutorial's image", ...quick } }),
  });
  let prediction = (await response.json()) as Prediction;
  expect(response.status).toBe(201);
  expect(response.headers.get("location")).toBe(`/api/replicate/${prediction.id}`);
  while (prediction.status !== "succeeded" && prediction.status !== "failed") {
    await sleep(1000);
    const next = await fetchAsPage(`/api/replicate/${prediction.id}`);
    prediction = (await next.json()) as Prediction;
    expect(next.status).toBe(200);
  }
  const [first] = prediction.output as string[];
  const item = await fetchAsPage(first ?? "");
  expect(item.status).toBe(200);
  expect(item.headers.get("content-type")).toBe("image/png");
});

test("a create that waits answers with the finished prediction", async () => {
  const answer = await api.submit({ input: { prompt: "worth waiting for", ...quick } }, { prefer: "wait=30" });
  expect(await answer.json()).toMatchObject({ status: "succeeded" });
});

test("a create whose wait ends early answers with the current state", async () => {
  const answer = await api.submit({ input: { prompt: "impatient [slow]", ...quick } }, { prefer: "wait=1" });
  expect(answer.status).toBe(201);
  const { id, status } = (await answer.json()) as Prediction;
  expect(["starting", "processing"]).toContain(status);
  await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
});

test("a long poll answers only when something changed", async () => {
  const { id } = await api.create({ prompt: "patience [slow]", ...quick });
  await api.until(id, ({ status }) => status === "processing");
  const canceled = await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  const etag = canceled.headers.get("etag") ?? "";
  await api.ended(id);

  const now = await api.ask(`/api/replicate/${id}`);
  const known = { "if-none-match": now.headers.get("etag") ?? "" };
  const start = Date.now();
  const same = await api.ask(`/api/replicate/${id}`, { headers: { ...known, prefer: "wait=1" } });
  expect(same.status).toBe(304);
  expect(Date.now() - start).toBeGreaterThanOrEqual(950);
  expect((await api.ask(`/api/replicate/${id}`, { headers: known })).status).toBe(304);
  expect(etag).not.toBe("");
});

test("marking or sharing an image changes its prediction's ETag", async () => {
  const { id } = await api.create({ prompt: "worth marking", ...quick });
  const [image] = (await api.saved(id)).images;
  const path = `/api/media/${image?.id}`;
  const headers = { "content-type": "application/json" };
  const changes: [string, RequestInit][] = [
    [path, { method: "PATCH", headers, body: JSON.stringify({ favorite: true }) }],
    [`${path}/share`, { method: "POST" }],
    [`${path}/share`, { method: "DELETE" }],
  ];
  for (const [address, init] of changes) {
    const before = (await api.ask(`/api/replicate/${id}`)).headers.get("etag") ?? "";
    expect((await api.ask(address, init)).ok).toBe(true);
    expect((await api.ask(`/api/replicate/${id}`, { headers: { "if-none-match": before } })).status).toBe(200);
  }
});

test("one long poll follows all running predictions", async () => {
  const list = async (etag: string) => {
    const answer = await api.ask("/api/replicate?status=active", {
      headers: { prefer: "wait=20", "if-none-match": etag },
    });
    return {
      etag: answer.headers.get("etag") ?? "",
      ids: ((await answer.json()) as { results: Prediction[] }).results.map(({ id }) => id),
    };
  };
  const idle = await list("");
  expect(idle.ids).toEqual([]);
  const waiting = list(idle.etag);
  const { id } = await api.create({ prompt: "followed [slow]", ...quick });
  expect((await waiting).ids).toEqual([id]);
  await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  await api.ended(id);
  expect((await list("")).ids).toEqual([]);
});

test("ten tabs that poll one prediction cost Replicate as many requests as one", async () => {
  const { id } = await api.create({ prompt: "ten tabs", num_inference_steps: 25 });
  await Promise.all(Array.from({ length: 10 }, () => api.saved(id)));
  const [remote] = await listAccepted(stack, "ten tabs");
  expect((await listRequestsAbout(stack, remote?.id ?? "")).length).toBeLessThanOrEqual(2);
});

test("the list of predictions has pages without gaps", async () => {
  const other = createApi(stack, await createUser(stack));
  const made: string[] = [];
  for (const number of [1, 2, 3]) made.unshift((await other.create({ prompt: `page ${number} [slow]` })).id);
  const answer = await other.ask("/api/replicate");
  const { results, next } = (await answer.json()) as { results: Prediction[]; next: string | null };
  expect(results.map(({ id }) => id)).toEqual(made);
  expect(next).toBeNull();
  await Promise.all(made.map((id) => other.ask(`/api/replicate/${id}`, { method: "DELETE" })));
});

test("the list answers 304 when nothing changed, and never returns more than the limit", async () => {
  const user = await createUser(stack);
  const other = createApi(stack, user);
  const list = (etag = "") => other.ask("/api/replicate?limit=2", { headers: { "if-none-match": etag } });
  const ids = async (answer: Response) =>
    ((await answer.json()) as { results: Prediction[] }).results.map(({ id }) => id);
  const made: string[] = [];
  for (const number of [1, 2, 3]) made.unshift((await other.create({ prompt: `newest ${number} [slow]` })).id);
  await Promise.all(made.map((id) => other.ask(`/api/replicate/${id}`, { method: "DELETE" })));
  await Promise.all(made.map((id) => other.ended(id)));
  const first = await list();
  const etag = first.headers.get("etag") ?? "";
  expect(await ids(first)).toEqual(made.slice(0, 2));
  const unchanged = await list(etag);
  expect(unchanged.status).toBe(304);
  const running = await other.ask("/api/replicate?status=active");
  // Every response names its user, so that an open page of another user notices that the signed-in account has changed.
  expect([first, unchanged, running].map(({ headers }) => headers.get("x-user"))).toEqual(Array(3).fill(user.id));
  const { id } = await other.create({ prompt: "newest 4 [slow]" });
  expect(await ids(await list(etag))).toEqual([id, made[0]]);
  await other.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect((await other.ask("/api/replicate?limit=0")).status).toBe(400);
});

test("the progress of a run reaches clients of every instance, always forward", async () => {
  const other = await startAnotherApp(stack, { APP_URL: stack.appUrl });
  onTestFinished(() => other.stop());
  const { id } = await api.create({ prompt: "seen from everywhere [slow]" });
  const read = async (client: typeof api) => {
    const seen: number[] = [];
    await client.until(
      id,
      ({ progress, status }) => seen.push(progress ?? 0) > 0 && status !== "starting" && (progress ?? 0) > 0.4,
    );
    return seen;
  };
  const seen = await Promise.all([read(api), read(createApi(other, user))]);
  for (const values of seen) {
    expect(values.length).toBeGreaterThan(2);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  }
  await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
});
