import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { fault } from "../support/api";
import { bench, hurried, newPerson, passTime, quick, report, rowsOf, size } from "../support/bench";
import { startBenchApp } from "../support/bench-app";
import { check } from "../support/checker";

afterEach(() => fault(bench, {}));

const DEPLOYS = size(1, 10);

test(
  "an instance that is asked to end under load drops no request and ends within 10 s",
  { timeout: 300_000 },
  async () => {
    let dropped = 0;
    let answered = 0;
    let slowest = 0;
    for (let deploy = 0; deploy < DEPLOYS; deploy += 1) {
      const words = `R26 deploy ${deploy}.`;
      const leaving = await startBenchApp(bench, { APP_URL: bench.appUrl });
      const { submit, ask } = await newPerson(leaving);
      await submit({ input: { prompt: `${words} first`, ...quick } });
      let isOver = false;
      let made = 0;
      /** Connections of their own: what a balancer sends to an instance that listens must be answered. */
      const close = { connection: "close" };
      const load = async (request: () => Promise<Response>) => {
        while (!isOver) {
          try {
            const answer = await request();
            await answer.arrayBuffer();
            answered += 1;
            if (answer.status >= 500) dropped += 1;
          } catch (error) {
            // Nobody listens any more: the balancer goes elsewhere with it.
            if (isRefused(error)) return;
            dropped += 1;
          }
        }
      };
      const lanes = [
        ...Array.from({ length: 2 }, () =>
          load(() => submit({ input: { prompt: `${words} ${(made += 1)},`, ...quick } }, close)),
        ),
        ...Array.from({ length: 4 }, () =>
          load(() =>
            ask("/api/replicate?status=active", {
              headers: { prefer: "wait=25", "if-none-match": '"none"', ...close },
            }),
          ),
        ),
        ...Array.from({ length: 2 }, () => load(() => ask("/api/replicate", { headers: close }))),
      ];
      await sleep(1000);
      const start = Date.now();
      leaving.signal("SIGTERM");
      await leaving.ended();
      slowest = Math.max(slowest, Date.now() - start);
      isOver = true;
      await Promise.all(lanes);
      expect((await rowsOf(words)).length).toBeGreaterThan(1);

      // Other instances take over when the leases run out, which is after two minutes at most.
      await passTime(words, 120);
      expect((await hurried(words, 120_000)).every(({ saved }) => saved)).toBe(true);
      expect((await check(bench, words)).problems).toEqual([]);
    }
    report(
      "R26",
      `${DEPLOYS} deployments under load: ${dropped} of ${answered} requests dropped, ended within ${(slowest / 1000).toFixed(1)} s`,
    );
    expect(dropped).toBe(0);
    expect(slowest).toBeLessThanOrEqual(10_000);
  },
);

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}
