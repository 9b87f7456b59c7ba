import { beforeAll, expect, test } from "vitest";
import { sendRequest, parseBody, stack, type Answer, type AppRequest } from "./send-request";
import { addFigures } from "./figures";
import { readState } from "./database-state";

/** One request, several that must end alike, or a way to send what fetch cannot. */
type Request = AppRequest | AppRequest[] | (() => Promise<Answer>);
type Expected = {
  status: number | number[];
  /** The `type` of the problem. */
  type?: string;
  headers?: Record<string, string | RegExp>;
  /** What the answer's text must not contain. */
  without?: string[];
};

/** What is sent and what has to come back each time, by the row's number in the list of attacks and its name. */
export type Table = Record<string, [request: Request, expected: Expected]>;

/** A test for each row, and one at the end: none of them has written anything, here or at Replicate. */
export function attack(table: Table): void {
  let before: Awaited<ReturnType<typeof readState>>;
  beforeAll(async () => {
    before = await readState();
  });

  test.each(Object.entries(table))("%s", async (_, [request, expected]) => {
    const send = typeof request === "function" ? [request] : [request].flat().map((one) => () => sendRequest(one));
    const answers = await Promise.all(send.map((one) => one()));
    expect(answers.flatMap((answer) => listDifferences(answer, expected))).toEqual([]);
  });

  test("nothing was written, and Replicate was asked for nothing", async () => {
    const after = await readState();
    const written = Object.keys(after).filter((name) => after[name] !== before[name]);
    addFigures(stack, "D", { "rows that must write nothing": Object.keys(table).length, written: written.length });
    expect(after).toEqual(before);
  });
}

/** In what an answer is not as it has to be. */
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
