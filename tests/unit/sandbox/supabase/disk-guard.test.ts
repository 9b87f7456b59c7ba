import type { Connection } from "@supabase/lite";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from "kysely";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { guardDisk, respondOnFullDisk } from "../../../../sandbox/supabase/disk-guard";

const folder = tmpdir();
const statfs = vi.spyOn(fs, "statfs");
syncBuiltinESMExports();
const log = vi.fn<(...words: unknown[]) => void>();
beforeEach(() => {
  log.mockReset();
  vi.spyOn(console, "error").mockImplementation(log);
});
afterAll(() => {
  statfs.mockRestore();
  syncBuiltinESMExports();
});

type Respond = (query: CompiledQuery) => Promise<{ rows: object[] }>;
type Disk = Awaited<ReturnType<typeof fs.statfs>>;
const none = { bavail: 0, bsize: 4096 } as Disk;
const enough = { bavail: 2 ** 20, bsize: 4096 } as Disk;

/** Returns a database that responds to each statement with `respond`. */
function createConnection(respond: Respond): Connection {
  class Driver extends DummyDriver {
    override acquireConnection = async () => ({ executeQuery: respond, streamQuery: undefined }) as never;
  }
  const dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new Driver(),
    createIntrospector: (database: Kysely<unknown>) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return { kysely: new Kysely({ dialect }) } as Connection;
}

const fail = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

test.each<[string, Respond, number]>([
  ["rejects statements", fail("24000"), 1],
  ["accepts statements and does nothing", () => Promise.resolve({ rows: [] }), 1],
  ["is in a failed transaction", fail("25P02"), 0],
])("a PGlite that %s is reported as broken: %#", async (_, respond, times) => {
  statfs.mockResolvedValue(enough);
  const onBroken = vi.fn<() => void>();
  const guard = guardDisk(folder, createConnection(respond), onBroken);
  await guard.check();
  guard.stop();
  expect(onBroken).toHaveBeenCalledTimes(times);
});

test("PGlite is read-only while the disk is full, and no longer", async () => {
  const onBroken = vi.fn<() => void>();
  const values: unknown[] = [];
  const respond = ({ parameters }: CompiledQuery) => {
    values.push(...parameters);
    return Promise.resolve({ rows: [{ value: parameters[0] }] });
  };
  const guard = guardDisk(folder, createConnection(respond), onBroken);
  for (const disk of [enough, none, none, enough]) {
    statfs.mockResolvedValue(disk);
    await guard.check();
  }
  guard.stop();
  expect(values).toEqual(["off", "on", "on", "off"]);
  expect(log.mock.calls).toEqual([["The disk is full."], ["The disk has room again."]]);
  expect(onBroken).not.toHaveBeenCalled();
});

function send(path: string, method: string, status: number, onFailure = vi.fn<() => Promise<void>>()) {
  const handle = () => Promise.resolve(new Response(null, { status }));
  const request = new Request(`http://127.0.0.1${path}`, { method, headers: { "content-length": "10" } });
  return respondOnFullDisk(folder, handle, onFailure)(request);
}

test.each([
  ["POST", "/storage/v1/object/images/user/0.png", 507],
  ["PUT", "/storage/v1/object/images/user/0.png", 507],
  ["GET", "/storage/v1/object/images/user/0.png", 200],
  ["POST", "/storage/v1/object/sign/images/user/0.png", 200],
  ["POST", "/storage/v1/object/list/images", 200],
  ["DELETE", "/storage/v1/object/images", 200],
  ["POST", "/rest/v1/rpc/measure_backlog", 200],
])("on a full disk, %s %s gets %i", async (method, path, expected) => {
  statfs.mockResolvedValue(none);
  expect((await send(path, method, 200)).status).toBe(expected);
});

test("a sign-in that a full disk made fail gets 503, for which the client keeps the session", async () => {
  statfs.mockResolvedValue(none);
  expect((await send("/auth/v1/token", "POST", 500)).status).toBe(503);
  expect((await send("/auth/v1/token", "POST", 400)).status).toBe(400);
  expect((await send("/rest/v1/predictions", "GET", 500)).status).toBe(500);
  statfs.mockResolvedValue(enough);
  expect((await send("/auth/v1/token", "POST", 500)).status).toBe(500);
});

test("after a failed request, the database is checked before the response", async () => {
  statfs.mockResolvedValue(enough);
  const onFailure = vi.fn<() => Promise<void>>();
  await send("/rest/v1/predictions", "GET", 500, onFailure);
  await send("/rest/v1/predictions", "GET", 200, onFailure);
  expect(onFailure).toHaveBeenCalledTimes(1);
});
