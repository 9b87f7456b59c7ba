import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntilIdle, bench, control, finishWithoutWaits, createUserApi, quick } from "../support/bench";
import { check } from "../support/checker";
import type { Fault } from "../support/fault-proxy";

const refused = (status: number, error: string) => ({
  status,
  answer: { statusCode: String(status), error, message: error },
});
const ORIGINAL = "\\d\\.png$";

const faults: Record<string, { count?: number; rest?: string; what: Fault["what"]; words: string }> = {
  "C55 is busy (503)": { count: 3, what: refused(503, "SlowDown"), words: "is tried again" },
  "C55 runs out of time (544)": { count: 2, what: refused(544, "DatabaseTimeout"), words: "is tried again" },
  "C55 is locked (423)": { count: 2, what: refused(423, "ResourceLocked"), words: "is tried again" },
  "C55 is unreachable for seconds": { count: 2, what: { refuse: true }, words: "is tried again" },
  "C56 stores it, but the response is lost": { count: 2, what: { drop: true }, words: "is one object" },
  "C56 stores it, but half of the response is lost": { count: 1, what: { cut: true }, words: "is one object" },
  "C57 answers that it exists (409)": { count: 1, what: refused(409, "Duplicate"), words: "is compared" },
  "C57 answers that it exists with 400": {
    count: 1,
    what: { status: 400, answer: { statusCode: "409", error: "Duplicate", message: "The resource already exists" } },
    words: "is compared",
  },
  "C75 has lost its bucket": {
    count: 3,
    what: { status: 400, answer: { statusCode: "404", error: "Bucket not found", message: "Bucket not found" } },
    words: "waits",
  },
  "C75 no longer knows the key": { count: 3, what: refused(401, "Unauthorized"), words: "waits" },
  "refuses the thumbnail": { rest: "thumb\\.webp$", what: refused(503, "SlowDown"), words: "is saved without one" },
};
const users = new Map<string, Awaited<ReturnType<typeof createUserApi>>>();

// Each fault matches only the objects of one user, by the id of the user in their paths.
beforeAll(async () => {
  const names = [...Object.keys(faults), "C58 large", "C58 type"];
  await Promise.all(names.map(async (name) => users.set(name, await createUserApi())));
  const of = (name: string, rest = ORIGINAL) => `^/storage/v1/object/images/${users.get(name)?.user.id}/.*${rest}`;
  await control.set([
    ...Object.entries(faults).map(([name, { count, rest, what }]) => ({
      method: "POST",
      path: of(name, rest),
      what,
      ...(count !== undefined && { count }),
    })),
    { method: "POST", path: of("C58 large"), what: refused(413, "Payload too large") },
    {
      method: "POST",
      path: of("C58 type"),
      what: {
        status: 400,
        answer: { statusCode: "415", error: "invalid_mime_type", message: "mime type image/png is not supported" },
      },
    },
  ]);
});
afterAll(() => control.set([]));

for (const [name, { words }] of Object.entries(faults)) {
  test.concurrent(`when the storage ${name}, the file ${words}`, async () => {
    const user = users.get(name);
    const prompt = `storage ${name},`;
    await user?.create({ prompt, ...quick });
    expect(await finishWithoutWaits(prompt)).toMatchObject([{ saved: true, images: 1, save_error: null }]);
    expect((await check(bench, prompt)).problems).toEqual([]);
  });
}

for (const [name, reason] of [
  ["C58 large", "too_large"],
  ["C58 type", "unsupported_output"],
] as const) {
  test.concurrent(`a file that the storage always refuses is marked so, and not tried again (${name})`, async () => {
    const user = users.get(name);
    await user?.create({ prompt: `storage ${name},`, ...quick });
    expect(await waitUntilIdle(`storage ${name}`)).toMatchObject([{ saved: false, save_error: reason, images: 0 }]);
    const tries = (await control.seen()).filter(
      ({ method, path }) => method === "POST" && path.includes(user?.user.id ?? "-"),
    );
    expect(tries).toHaveLength(1);
  });
}
