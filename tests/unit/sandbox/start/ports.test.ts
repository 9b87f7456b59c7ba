import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { choosePort, nextFreePort } from "../../../../sandbox/start/ports";

const newFolder = () => mkdtempSync(join(tmpdir(), "darkroom-ports-"));

async function occupy(port: number) {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

test("a service gets its last port again", async () => {
  const dir = newFolder();
  const port = await choosePort(dir, "supabase");
  expect(await choosePort(dir, "replicate")).not.toBe(port);
  expect(await choosePort(dir, "supabase")).toBe(port);
});

test("a service gets a new port when its last one is taken, and uses it from then on", async () => {
  const dir = newFolder();
  const port = await choosePort(dir, "supabase");
  const server = await occupy(port);
  const other = await choosePort(dir, "supabase");
  server.close();
  expect(other).not.toBe(port);
  expect(await choosePort(dir, "supabase")).toBe(other);
});

test("the app's port is the next free one", async () => {
  const server = await occupy(0);
  const { port } = server.address() as AddressInfo;
  expect(await nextFreePort(port)).toBeGreaterThan(port);
  server.close();
});
