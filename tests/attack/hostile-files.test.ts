import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, expect, test } from "vitest";
import { makeThumbnail } from "@/lib/media/renditions/thumbnail";
import { createApi, setFaults } from "../support/api";
import { inspectBytes } from "../support/inspect-bytes";
import { createUser } from "../support/users";
import { listTrickyAddresses } from "./support/addresses";
import { sendRequest, stack } from "./support/send-request";
import { createCostlyFiles } from "./support/costly-files";
import { addFigures } from "./support/figures";
import { dataUri, createHostileFiles, createPixelBomb } from "./support/hostile-bytes";
import { createHostileMedia } from "./support/hostile-media";
import { runWithOutput } from "./support/run-with-output";
import { listDangers } from "./support/served-file";

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

test("R17 the app does not connect to addresses that only look allowed", async () => {
  const tricks = listTrickyAddresses({ allowed: Number(new URL(stack.replicateUrl).port), trap: port });
  const end = await runWithOutput(user, "many addresses", tricks);
  // None of these URLs is a file at Replicate, so the app saves them as text.
  expect(end).toMatchObject({ output: tricks, save_error: null, images: [], objects: [] });
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
  // Without the redirects, Replicate sends the files, and the app saves them.
  await setFaults(stack, {});
  await Promise.all(made.map(({ id }) => api.saved(id)));
});

test("R17 the trap detects connections", async () => {
  await fetch(`http://127.0.0.1:${port}`);
  expect(connections).toBe(1);
});

test("R18 hostile files are refused, or saved unchanged as what they are", async () => {
  const files = Object.values(await createHostileFiles());
  const output = files.map(({ bytes }) => dataUri(bytes));
  const { images, save_error: reason } = await runWithOutput(user, "a box of things", output);
  const found = files.map((_, index) => images.find(({ position }) => position === index));
  expect(found.map((media) => media?.content_type)).toEqual(files.map(({ savedAs }) => savedAs));
  expect(reason).toBe("unsupported_output");
  const served = await Promise.all(images.map(({ url }) => sendRequest({ path: url, as: user })));
  expect(served.flatMap(listDangers)).toEqual([]);
  expect(served.map(({ bytes }) => bytes)).toEqual(images.map(({ position }) => files[position]?.bytes));
  const refused = files.length - images.length;
  addFigures(stack, "R18", { "hostile files": files.length, refused, "saved unchanged": images.length });
});

test("R18 inspecting a hostile file needs little CPU time and memory", async () => {
  const costs = [];
  const hostile = { ...(await createHostileFiles()), ...(await createHostileMedia("https://trap.example")) };
  const files = Object.entries(hostile).map(([name, { bytes }]) => ({ name, bytes }));
  const costly = Object.entries(createCostlyFiles()).map(([name, bytes]) => ({ name, bytes }));
  for (const { name, bytes } of [...files, ...costly]) {
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

/**
 * Runs the work twice, until it ends or fails. Returns the CPU time (s) and the largest growth of memory (MB) of this process.
 * The CPU time is the lower one of the two, because the first run may include the loading of code.
 */
async function measureCost(work: () => Promise<unknown>) {
  const [first, second] = [await measureOnce(work), await measureOnce(work)];
  return { cpu: Math.min(first.cpu, second.cpu), memory: Math.max(first.memory, second.memory) };
}

async function measureOnce(work: () => Promise<unknown>) {
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
