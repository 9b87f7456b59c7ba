import { afterAll, expect, test } from "vitest";
import { readLedger } from "../../support/api";
import { waitUntilIdle, bench, isFull, createUserApi, passTime, quick, waitForRows } from "../support/bench";
import { check } from "../support/checker";
import { startFileServer } from "../../support/file-server";

/** The target of a redirect. The app must not connect to this server. */
const elsewhere = await startFileServer((_, response) => response.end());
afterAll(() => elsewhere.close());

export const faults = [
  { match: "C40", delivery: { status: 404, count: 2 } },
  { match: "C41", delivery: { status: 503, count: 3 } },
  { match: "C42", delivery: { cut: 0.99, count: 2 } },
  { match: "C44", delivery: { drip: 1, index: 0, count: 1 } },
  { match: "C48", delivery: { endless: true } },
  { match: "C50", delivery: { redirect: `${elsewhere.origin}/image.png` } },
  { match: "C51", delivery: { close: true, count: 2 } },
  { match: "C52", output: Array.from({ length: 20 }, (_, index) => `file:${index}`) },
  { match: "C53", delivery: { index: 2, status: 503 } },
  { match: "R8", delivery: { status: 404 } },
];

const fetched = {
  "C40 briefly missing": 1,
  "C42 cut near its end": 1,
  "C51 without a connection": 1,
  "C52 twenty files": 20,
};

for (const [words, images] of Object.entries(fetched)) {
  test.concurrent(`a file that is ${words} is saved in the end`, async () => {
    const { create } = await createUserApi();
    await create({ prompt: words, ...quick });
    expect(await waitUntilIdle(words)).toMatchObject([{ saved: true, images, save_error: null }]);
    expect((await check(bench, words)).problems).toEqual([]);
  });
}

test.concurrent("requests to a busy host have growing delays", async () => {
  const { create } = await createUserApi();
  await create({ prompt: "C41 busy", ...quick });
  const [row] = await waitUntilIdle("C41 busy");
  expect(row).toMatchObject({ saved: true });
  const moments = (await readLedger(bench)).requests
    .filter(({ prediction, route }) => prediction === row?.replicate_id && route.includes("/delivery/"))
    .map(({ at }) => Date.parse(at));
  const waits = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
  expect(waits).toHaveLength(3);
  // Timers may fire a little early, so a delay may be up to 50 ms shorter.
  for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThan(2 ** index * 1000 - 50);
});

test.concurrent("an endless file is given up as too large", async () => {
  const { create } = await createUserApi();
  await create({ prompt: "C48 without end", ...quick });
  expect(await waitUntilIdle("C48")).toMatchObject([{ saved: false, save_error: "too_large", images: 0 }]);
  expect((await check(bench, "C48")).problems).toEqual([]);
});

test.concurrent("a redirect is not followed", async () => {
  const { create } = await createUserApi();
  await create({ prompt: "C50 elsewhere", ...quick });
  await waitForRows("C50", ([row]) => (row?.attempts ?? 0) > 1);
  await passTime("C50", 3700);
  expect(await waitUntilIdle("C50")).toMatchObject([{ saved: false, save_error: "expired" }]);
  expect(elsewhere.connections()).toBe(0);
});

test.concurrent("when one of four files never arrives, three are saved and the prediction is not marked as saved", async () => {
  const { create, read } = await createUserApi();
  const { id } = await create({ prompt: "C53 three of four", num_outputs: 4, ...quick });
  await waitForRows("C53", ([row]) => row?.images === 3 && row.save_error === "retrying");
  expect(await read(id)).toMatchObject({ saved_at: null, save_error: "retrying" });
  await passTime("C53", 3700);
  expect(await waitUntilIdle("C53")).toMatchObject([{ saved: false, save_error: "expired", images: 3 }]);
  expect((await check(bench, "C53")).problems).toEqual([]);
});

// The app gives up a download after 30 s. This is too long for the short form of the tests.
for (const words of isFull ? ["C44 drop by drop"] : []) {
  test.concurrent(
    "a very slow file is given up after 30 s, and the others do not wait for it",
    { timeout: 180_000 },
    async () => {
      const { create } = await createUserApi();
      await create({ prompt: words, num_outputs: 2, ...quick });
      await waitForRows(words, ([row]) => row?.images === 1, 60_000);
      expect(await waitUntilIdle(words, 90_000)).toMatchObject([{ saved: true, images: 2 }]);
    },
  );
}

test.concurrent("predictions that expired before they were saved say so", async () => {
  const { create } = await createUserApi();
  const made = Array.from({ length: 4 }, (_, index) => create({ prompt: `R8 gone ${index},`, ...quick }));
  await Promise.all(made);
  await waitForRows("R8 gone", (rows) => rows.every((row) => row.save_error === "retrying"));
  await passTime("R8 gone", 3700);
  const rows = await waitUntilIdle("R8 gone");
  expect(rows.map(({ saved, save_error }) => [saved, save_error])).toEqual(Array(4).fill([false, "expired"]));
});
