import pLimit from "p-limit";
import { beforeAll, expect, test } from "vitest";
import { sendRequest, parseBody, stack, type Answer, type AppRequest } from "./send-request";
import { addFigures } from "./figures";
import { readState } from "./database-state";

/** One request, several requests with the same expected response, or a function that sends a request that `fetch` cannot send. */
type Request = AppRequest | AppRequest[] | (() => Promise<Answer>);
type Expected = {
  status: number | number[];
  /** The field `type` of the error. */
  type?: string;
  headers?: Record<string, string | RegExp>;
  /** Texts that the response must not contain. */
  without?: string[];
};

/** Requests and the expected response, by the name of the attack. */
export type Table = Record<string, [request: Request, expected: Expected]>;

/** Runs at most 30 requests at the same time. With more, the app could be too slow to check sessions, and respond with 503. */
const atOnce = pLimit(30);

/**
 * Defines a test for each row of the table, and a last test: no request has written anything in the database, in storage or at
 * Replicate.
 */
export function attack(table: Table): void {
  let before: Awaited<ReturnType<typeof readState>>;
  beforeAll(async () => {
    before = await readState();
  });

  test.each(Object.entries(table))("%s", async (_, [request, expected]) => {
    const send = typeof request === "function" ? [request] : [request].flat().map((one) => () => sendRequest(one));
    const answers = await Promise.all(send.map((one) => atOnce(one)));
    expect(answers.flatMap((answer) => listDifferences(answer, expected))).toEqual([]);
  });

  test("nothing was written, and Replicate was asked for nothing", async () => {
    const after = await readState();
    const written = Object.keys(after).filter((name) => after[name] !== before[name]);
    addFigures(stack, "no writes", {
      "rows that must write nothing": Object.keys(table).length,
      written: written.length,
    });
    expect(after).toEqual(before);
  });
}

/** Returns how a response differs from the expected one. Empty if it does not differ. */
export function listDifferences(answer: Answer, { status, type, headers = {}, without = [] }: Expected): string[] {
  const shown = `${answer.status} ${answer.text.slice(0, 300)}`;
  return [
    ...([status].flat().includes(answer.status) ? [] : [`not ${String(status)}: ${shown}`]),
    ...(type === undefined || parseBody(answer).type === type ? [] : [`not ${type}: ${shown}`]),
    ...Object.entries(headers).flatMap(([name, value]) => {
      const given = answer.headers.get(name) ?? "";
      const isRight = typeof value === "string" ? given === value : value.test(given);
      return isRight ? [] : [`${name} is ${given || "missing"}`];
    }),
    ...without.filter((words) => answer.text.includes(words)).map((words) => `tells ${words}: ${shown}`),
  ];
}
