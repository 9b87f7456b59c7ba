import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepPort, nextFreePort } from "../../../../sandbox/start/ports";

const newFolder = () => mkdtempSync(join(tmpdir(), "darkroom-ports-"));

async function occupy(port: number) {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

test("a service gets the port that it had", async () => {
  const dir = newFolder();
  const port = await keepPort(dir, "supabase");
  expect(await keepPort(dir, "replicate")).not.toBe(port);
  expect(await keepPort(dir, "supabase")).toBe(port);
});

test("another one when somebody else has taken it, for good", async () => {
  const dir = newFolder();
  const port = await keepPort(dir, "supabase");
  const server = await occupy(port);
  const other = await keepPort(dir, "supabase");
  server.close();
  expect(other).not.toBe(port);
  expect(await keepPort(dir, "supabase")).toBe(other);
});

test("the app's port is the next free one", async () => {
  const server = await occupy(0);
  const { port } = server.address() as AddressInfo;
  expect(await nextFreePort(port)).toBeGreaterThan(port);
  server.close();
});
