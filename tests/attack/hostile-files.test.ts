import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, expect, test } from "vitest";
import { makeThumbnail } from "@/lib/media/renditions/thumbnail";
import { createApi, setFaults } from "../support/api";
import { inspectBytes } from "../support/inspect-bytes";
import { sql } from "../support/sql";
import { createUser } from "../support/users";
import { listTrickyAddresses } from "./support/addresses";
import { sendRequest, stack } from "./support/send-request";
import { addFigures } from "./support/figures";
import { createCostlyFiles } from "./support/costly-files";
import { createCarriers, dataUri, createHostileFiles, createPixelBomb } from "./support/hostile-bytes";
import { findNewestImage } from "./support/seed";

const user = await createUser(stack);
const api = createApi(stack, user);
const quick = { num_inference_steps: 1, width: 256, height: 256 };

let connections = 0;
const trap = createServer((_, response) => response.end("trapped")).on("connection", () => (connections += 1));
trap.listen(0, "::");
await once(trap, "listening");
const { port } = trap.address() as AddressInfo;

afterEach(() => setFaults(stack, {}));
afterAll(() => trap.close());

/** Runs a prediction with this output, and returns its end state and its stored files. */
async function runWithOutput(prompt: string, output: unknown) {
  await setFaults(stack, { match: prompt, output });
  const { id } = await api.create({ prompt, ...quick });
  const end = await api.until(id, ({ saved_at, save_error }) => saved_at !== null || save_error !== null);
  const objects = await sql<{ name: string }>(stack, `select name from storage.objects where name like '%${id}%'`);
  return { ...end, objects: objects.map(({ name }) => name) };
}

test("R17 the app does not connect to addresses that only look allowed", async () => {
  const tricks = listTrickyAddresses({ allowed: Number(new URL(stack.replicateUrl).port), trap: port });
  const end = await runWithOutput("many addresses", tricks);
  expect(end).toMatchObject({ save_error: "unsupported_output", images: [], objects: [] });
  expect(connections).toBe(0);
  addFigures(stack, "R17", { "tricky addresses": tricks.length, connections });
});

test("R17 a redirect is not followed, wherever it leads", async () => {
  const targets = [
    `http://127.0.0.1:${port}/a.png`,
    `${stack.replicateUrl}/v1/account`,
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
  ];
  await setFaults(
    stack,
    targets.map((redirect, index) => ({ match: `led astray ${index}`, delivery: { redirect } })),
  );
  const made = await Promise.all(targets.map((_, index) => api.create({ prompt: `led astray ${index}`, ...quick })));
  const tried = await Promise.all(made.map(({ id }) => api.until(id, ({ save_error }) => save_error !== null)));
  expect(tried.map(({ save_error, images }) => [save_error, images])).toEqual(targets.map(() => ["retrying", []]));
  expect(connections).toBe(0);
  addFigures(stack, "R17", { redirects: targets.length, connections });
  // When Replicate answers with the file itself, it is saved.
  await setFaults(stack, {});
  await Promise.all(made.map(({ id }) => api.saved(id)));
});

test("R17 the trap detects connections", async () => {
  await fetch(`http://127.0.0.1:${port}`);
  expect(connections).toBe(1);
});

test("R18 broken files and error pages are not saved, and other hostile files are never opened as a document", async () => {
  const files = Object.entries(await createHostileFiles());
  const { images, objects } = await runWithOutput(
    "a box of things",
    files.map(([, bytes]) => dataUri(bytes)),
  );
  const saved = images.map(({ position }) => files[position]?.[0]);
  expect(saved.filter((name) => /^(HTML|JavaScript|PHP|MP4|WebM)$/.test(name ?? ""))).toEqual([]);
  expect(objects.filter((name) => /(html|js|php|exe|sh)$/.test(name))).toEqual([]);
  const shown = [];
  for (const image of images) {
    const { headers } = await api.ask(image.url);
    const isAttachment = headers.get("content-disposition")?.startsWith("attachment;");
    if (!isAttachment) shown.push([files[image.position]?.[0], headers.get("content-type")]);
    expect(headers.get("content-type")).toMatch(/^(image\/[\w+]+|application\/(zip|pdf|octet-stream))$/);
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox; style-src 'unsafe-inline'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  }
  // Only formats that cannot contain scripts.
  for (const [, type] of shown) expect(type).toMatch(/^image\/(png|jpeg|webp|gif|avif)$/);
  addFigures(stack, "R18", { "hostile files": files.length, "saved for download only": images.length - shown.length });
});

test("R18 inspecting a hostile file needs little CPU time and memory", async () => {
  const costs = [];
  for (const [name, bytes] of Object.entries({ ...(await createHostileFiles()), ...createCostlyFiles() })) {
    costs.push({ name, ...(await measureCost(() => inspectBytes(bytes))) });
    costs.push({ name, ...(await measureCost(() => makeThumbnail(bytes))) });
  }
  const cpu = Math.max(...costs.map((cost) => cost.cpu));
  const memory = Math.max(...costs.map((cost) => cost.memory));
  addFigures(stack, "R18", { "most CPU s": cpu.toFixed(3), "most memory MB": memory.toFixed(1) });
  expect(cpu).toBeLessThan(0.5);
  expect(memory).toBeLessThan(64);
});

test("the largest image that is decoded costs no more than its thumbnail", async () => {
  const bomb = createPixelBomb(10_000, 5000);
  expect(await inspectBytes(bomb)).toMatchObject({ width: 10_000, height: 5000 });
  const { cpu, memory } = await measureCost(() => makeThumbnail(bomb));
  addFigures(stack, "large images", {
    "KB of 50 megapixels": Math.round(bomb.length / 1024),
    "CPU s": cpu.toFixed(2),
    "memory MB": memory.toFixed(1),
  });
  expect(cpu).toBeLessThan(5);
});

test("data hidden in an image is saved with it, but never run or shown", async () => {
  const items = Object.values(await createCarriers());
  const { images, objects } = await runWithOutput(
    "things with things in them",
    items.map((bytes) => dataUri(bytes, "text/html")),
  );
  expect(images).toHaveLength(items.length);
  expect(
    objects.filter((name) => !/^[0-9a-f-]{36}\/[0-9a-f-]{36}\/\d+(\.thumb)?\.(png|jpg|webp|gif)$/.test(name)),
  ).toEqual([]);
  for (const [position, image] of images.entries()) {
    const answer = await api.ask(image.url);
    expect(answer.headers.get("content-type")).toMatch(/^image\/(png|jpeg|gif)$/);
    expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), items[position] ?? Buffer.alloc(0))).toBe(0);
    const thumbnail = await api.ask(image.thumb_url ?? "");
    expect(Buffer.from(await thumbnail.arrayBuffer()).includes("<script>")).toBe(false);
  }
  for (const path of ["/dashboard/gallery", "/dashboard/history", "/api/replicate"]) {
    expect((await sendRequest({ path, in: user })).text).not.toContain("document.title='ran'");
  }
});

test("an image is served only with an image type", async () => {
  const id = await findNewestImage(user);
  for (const query of [
    "",
    "?download",
    "?size=thumb",
    "?size=../../etc/passwd",
    "?type=text/html",
    "?filename=x.html",
  ]) {
    const { status, headers } = await sendRequest({ path: `/api/media/${id}${query}`, as: user });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^image\/(png|jpeg|webp|gif)$/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; sandbox\b/);
    expect(headers.get("cache-control")).toMatch(/^private\b/);
    expect(headers.get("content-disposition")).toMatch(
      query === "?download"
        ? new RegExp(
            `^attachment; filename="[\\w-]+-${id.slice(0, 8)}\\.(png|jpg|webp|gif)"; filename\\*=UTF-8''[\\w%.-]+$`,
          )
        : new RegExp(`^inline; filename="${id}\\.(png|jpg|webp|gif)"$`),
    );
  }
});

/** The CPU time (s) and the largest growth of memory (MB) of this process until the work ends or fails. */
async function measureCost(work: () => Promise<unknown>) {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const watch = setInterval(look, 2);
  const start = process.cpuUsage();
  await work().catch(() => {});
  const { user: own, system } = process.cpuUsage(start);
  look();
  clearInterval(watch);
  return { cpu: (own + system) / 1e6, memory: (most - before) / 1e6 };
}
