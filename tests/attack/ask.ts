import { afterAll, inject } from "vitest";
import type { User } from "../support/users";
import { note } from "./figures";
import { secretsIn, secretsOf } from "./secrets";

export const stack = inject("stack");

/** A request as an attacker would write it. `as`: with this person's token; `in`: in this person's browser, cookies and all. */
export type Ask = {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
  as?: User;
  in?: User;
};

/** What came back. */
export type Answer = { status: number; headers: Headers; text: string };

const secrets = secretsOf(stack);
const tally = { requests: 0, "unexpected 5xx": 0, "errors of the API": 0, "without the envelope": 0 };

afterAll(() => {
  note(stack, "R19", tally);
  note(stack, "R21", { "answers searched for secrets": tally.requests });
});

/** Sends it to the app, follows no redirect, and holds the answer to what every answer promises. */
export async function ask({ path, as, in: browser, headers, ...init }: Ask, appUrl = stack.appUrl): Promise<Answer> {
  const response = await fetch(new URL(path, appUrl), {
    redirect: "manual",
    ...init,
    ...(init.body instanceof ReadableStream && { duplex: "half" }),
    headers: { ...as?.bearer, ...browser?.cookie, ...headers },
  });
  return judge(path, { status: response.status, headers: response.headers, text: await response.text() });
}

/**
 * What holds for every answer, whatever was asked: no 5xx, no secret, and an error of the API says what is wrong as
 * problem+json, with an id to ask about. `known` is a status that Node or Next answers with before the app is asked.
 */
export function judge(path: string, answer: Answer, known?: number): Answer {
  const { status, headers, text } = answer;
  const shown = `${path} was answered with ${status}: ${text.slice(0, 300)}`;
  tally.requests += 1;
  const told = secretsIn(`${JSON.stringify([...headers])}${text}`, secrets);
  if (told.length > 0) throw new Error(`${path} tells ${told.join(", ")}`);
  if (status < 400 || status === known) return answer;
  if (status >= 500) {
    tally["unexpected 5xx"] += 1;
    throw new Error(shown);
  }
  if (!/^\/api\b/.test(new URL(path, stack.appUrl).pathname)) return answer;
  tally["errors of the API"] += 1;
  if (isProblem(answer)) return answer;
  tally["without the envelope"] += 1;
  throw new Error(`${shown} (${headers.get("content-type")})`);
}

/** The answer's JSON object. */
export function bodyOf({ text }: Answer): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

function isProblem(answer: Answer): boolean {
  if (answer.headers.get("content-type") !== "application/problem+json") return false;
  const { type, title, status, detail, request_id: id } = bodyOf(answer);
  return [type, title, detail, id].every((value) => typeof value === "string" && value) && status === answer.status;
}
