import pLimit from "p-limit";
import { beforeAll, expect, test } from "vitest";
import { sendRequest, parseBody, stack, type Answer, type AppRequest } from "./send-request";
import { addFigures } from "./figures";
import { readState } from "./database-state";

/** One request, several with the same expected answer, or a function that sends what fetch cannot. */
type Request = AppRequest | AppRequest[] | (() => Promise<Answer>);
type Expected = {
  status: number | number[];
  /** The `type` of the problem. */
  type?: string;
  headers?: Record<string, string | RegExp>;
  /** Texts that the answer must not contain. */
  without?: string[];
};

/** Requests and the expected answer, by number and name of the attack. */
export type Table = Record<string, [request: Request, expected: Expected]>;

/** More requests at once would test the load, not the answers: a check of the sign-in may then take too long. */
const atOnce = pLimit(30);

/** Makes a test of each row, and a last one: nothing was written, neither here nor at Replicate. */
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

/** How an answer differs from the expected one. */
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
