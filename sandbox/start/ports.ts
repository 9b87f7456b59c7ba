import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { replaceFile } from "./replace-file.ts";

const Ports = z.record(z.string(), z.number().int());

/**
 * Returns the port that this service had at its last start, so that URLs and sessions survive a restart. If that port is taken,
 * returns another one.
 */
export async function choosePort(dir: string, service: string): Promise<number> {
  const path = join(dir, "ports.json");
  const ports = readPorts(path);
  const last = ports[service];
  const port = last && (await becomesFree(last)) ? last : await findFreePort();
  replaceFile(path, `${JSON.stringify({ ...ports, [service]: port }, null, 2)}\n`);
  return port;
}

/**
 * Returns a random free port between 11,000 and 32,767. Linux gives the ports from 32,768 to outgoing connections, and to servers
 * that ask for any free port. Such a connection or server could take the port before our server listens on it. Browsers refuse
 * some of the ports below 11,000. Throws if no port is found.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(11_000, 32_768);
    if (await isFree(port)) return port;
  }
  throw new Error("There is no free port.");
}

/** Returns the first free port from `from` upwards. */
export async function nextFreePort(from: number): Promise<number> {
  let port = from;
  while (!(await isFree(port))) port += 1;
  return port;
}

/** Returns whether the port is free. If it is taken, waits up to two seconds, because the process that uses it may be ending. */
async function becomesFree(port: number): Promise<boolean> {
  for (const deadline = Date.now() + 2000; Date.now() < deadline; await wait(50)) if (await isFree(port)) return true;
  return false;
}

function isFree(port: number): Promise<boolean> {
  return listenBriefly(port).then(
    () => true,
    () => false,
  );
}

/**
 * Listens on a port for a moment. Rejects if the port is taken. Listens on all addresses, so that it also rejects if a server
 * uses the port only on 127.0.0.1.
 */
function listenBriefly(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, () => server.close(() => resolve()));
  });
}

function readPorts(path: string): Record<string, number> {
  try {
    return Ports.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return {};
  }
}
