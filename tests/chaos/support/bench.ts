import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { createApi, readLedger, setFaults } from "../../support/api";
import { sql } from "../../support/sql";
import type { BenchControl } from "./setup";
import { takeControl } from "./remote-control";
import { createUser } from "../../support/users";

export { isFull, size } from "../../support/form";
/** Whether the database is PGlite. PGlite runs one statement at a time, so some tests send fewer requests. */
export const isPglite = !process.env.SANDBOX_DATABASE_URL;

export const bench = inject("bench");
export const control = takeControl<BenchControl>(bench.control);

/** Ends every failure that a test has caused. Call this in `afterEach`. */
export async function endFailures() {
  await control.up();
  await control.thaw();
  await control.set([]);
  await setFaults(bench, {});
}

/** The input for a small image, which is made quickly. */
export const quick = { width: 256, height: 256, num_inference_steps: 5 };

/** Records a measured result (`figure`) for a guarantee of docs/reliability.md. All figures are printed at the end of the run. */
export function report(guarantee: string, figure: string) {
  appendFileSync(join(bench.dir, "figures"), `${guarantee.padEnd(5)} ${figure}\n`);
}

/** Creates a user, and returns functions that call the app's API as this user. */
export async function createUserApi(app: { appUrl: string } = bench) {
  const user = await createUser(bench);
  const api = createApi(app, user);
  // These methods use `this`. They are bound, so that tests can call them without the object.
  const [create, until, saved] = [api.create.bind(api), api.until.bind(api), api.saved.bind(api)];
  return { user, ask: api.ask, read: api.read, submit: api.submit, create, until, saved };
}

/** Lists the temporary files of one process, or of the app and all workers. The processes may have been killed before. */
export function listTemporaryFiles(pid: number | null = null) {
  const start = pid === null ? "darkroom-" : `darkroom-${pid}-`;
  return readdirSync(bench.env.TMPDIR ?? "").filter((name) => name.startsWith(start));
}

/** Returns a function that returns random numbers from 0 to 1. The same seed always gives the same numbers. */
export function createRandom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers from 0 to `count` - 1. */
export const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const where = (words: string) => `input ->> 'prompt' like '%${words.replaceAll("'", "''")}%'`;

/** Moves all times of these predictions back, as if this many seconds had passed. */
export async function passTime(words: string, seconds: number) {
  const moments = [
    "created_at",
    "sent_at",
    "started_at",
    "completed_at",
    "output_expires_at",
    "next_at",
    "lease_until",
  ];
  const earlier = moments.map((moment) => `${moment} = ${moment} - interval '${seconds} seconds'`);
  await sql(bench, `update predictions set ${earlier.join(", ")} where ${where(words)}`);
}

/** Makes the remaining work of these predictions due now, and ends their leases. */
export async function makeDue(words: string) {
  await sql(
    bench,
    `update predictions set next_at = now(), lease_until = null where next_at is not null and ${where(words)}`,
  );
}

export type Row = {
  id: string;
  user_id: string;
  replicate_id: string | null;
  status: string;
  error_code: string | null;
  save_error: string | null;
  saved: boolean;
  due: boolean;
  attempts: number;
  revision: number;
  images: number;
  image_count: number;
  /** The time from the completion at Replicate until all files were saved (s). Null if they are not saved. */
  delay: number | null;
};

/** Reads the rows of predictions whose prompt contains these words from the database, oldest first. */
export function readRows(words: string): Promise<Row[]> {
  return sql<Row>(
    bench,
    `select id, user_id, replicate_id, status, error_code, save_error, saved_at is not null as saved, next_at is not null and not provisional as due,
       attempts, revision, image_count, (select count(*)::int from sdxl_images i where i.prediction_id = p.id) as images,
       extract(epoch from saved_at - completed_at)::float8 as delay
     from predictions p where ${where(words)} order by created_at, id`,
  );
}

/**
 * Waits until the rows have Replicate's ids, and returns them. The app may respond to a create request before it has saved
 * this id.
 */
export function readSentRows(words: string): Promise<Row[]> {
  return waitForRows(words, (rows) => rows.length > 0 && rows.every(({ replicate_id }) => replicate_id !== null));
}

/** How long a test waits for work that other tests may delay (ms). This is less than the time limit of a test. */
const PATIENCE = 100_000;

/** Waits at most `timeout` ms until these predictions have no work left, and returns their rows. */
export function waitUntilIdle(words: string, timeout = PATIENCE): Promise<Row[]> {
  return waitForRows(words, (rows) => rows.length > 0 && rows.every((row) => !row.due), timeout);
}

/** Makes the app sweep now, and waits for the end of the sweep. */
async function sweep() {
  const authorization = `Bearer ${bench.env.CRON_SECRET}`;
  await fetch(`${bench.appUrl}/api/cron/sweep`, { method: "POST", headers: { authorization } });
}

/** Like `waitUntilIdle`, but makes the rows due and sweeps again and again, without the delays between attempts. */
export async function finishWithoutWaits(words: string, timeout = PATIENCE): Promise<Row[]> {
  const free = `next_at > now() and (lease_until is null or lease_until < now()) and ${where(words)}`;
  const isIdle = async (rows: Row[]) => {
    if (rows.length > 0 && rows.every((row) => !row.due)) return true;
    await sql(bench, `update predictions set next_at = now() where ${free}`);
    await sweep();
    return false;
  };
  return waitForRows(words, isIdle, timeout);
}

/** Reads the rows from the database until `done` returns true for them, and returns them. */
export async function waitForRows(
  words: string,
  done: (rows: Row[]) => boolean | Promise<boolean>,
  timeout = PATIENCE,
): Promise<Row[]> {
  for (const end = Date.now() + timeout; ;) {
    const rows = await readRows(words);
    if (await done(rows)) return rows;
    if (Date.now() > end) {
      const dueFirst = rows.toSorted((a, b) => Number(b.due) - Number(a.due));
      throw new Error(`Not done after ${timeout} ms: ${JSON.stringify(dueFirst.slice(0, 20), null, 1)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Returns how many create requests Replicate has received, including those that failed. */
export async function countCreates(): Promise<number> {
  const { requests } = await readLedger(bench);
  return requests.filter(({ method, route }) => method === "POST" && route.endsWith("/predictions")).length;
}

/** Runs the work for each item, at most `width` at a time. */
export async function runInParallel<Item>(
  items: Item[],
  width: number,
  work: (item: Item, index: number) => Promise<void>,
) {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as Item, index);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
