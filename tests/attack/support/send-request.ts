import { afterAll, inject } from "vitest";
import type { User } from "../../support/users";
import { addFigures } from "./figures";
import { findSecrets, listSecrets } from "./secrets";

export const stack = inject("stack");

/** A request as an attacker would write it. `as`: with this person's token; `in`: in this person's browser, cookies and all. */
export type AppRequest = {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
  as?: User;
  in?: User;
};

/** What came back. */
export type Answer = { status: number; headers: Headers; text: string };

const secrets = listSecrets(stack);
const tally = { requests: 0, "unexpected 5xx": 0, "errors of the API": 0, "without the envelope": 0 };
const kept = { "answers of the API": 0, "that others may keep": 0 };

afterAll(() => {
  addFigures(stack, "R19", tally);
  addFigures(stack, "R21", { "answers searched for secrets": tally.requests });
  addFigures(stack, "R22", kept);
});

/** Sends it to the app, follows no redirect, and holds the answer to what every answer promises. */
export async function sendRequest(
  { path, as, in: browser, headers, ...init }: AppRequest,
  appUrl = stack.appUrl,
): Promise<Answer> {
  const response = await fetch(new URL(path, appUrl), {
    redirect: "manual",
    ...init,
    ...(init.body instanceof ReadableStream && { duplex: "half" }),
    headers: { ...as?.bearer, ...browser?.cookie, ...headers },
  });
  return checkAnswer(path, { status: response.status, headers: response.headers, text: await response.text() });
}

/**
 * What holds for every answer, whatever was asked: no 5xx, no secret, no cache keeps an answer of the API, and an error of it
 * says what is wrong as problem+json, with an id to ask about. `known` is a status that Node or Next answers with before the app is asked.
 */
export function checkAnswer(path: string, answer: Answer, known?: number): Answer {
  const { status, headers, text } = answer;
  const shown = `${path} was answered with ${status}: ${text.slice(0, 300)}`;
  tally.requests += 1;
  const told = findSecrets(`${JSON.stringify([...headers])}${text}`, secrets);
  if (told.length > 0) throw new Error(`${path} tells ${told.join(", ")}`);
  if (status === known) return answer;
  requirePrivate(path, answer);
  if (status < 400) return answer;
  if (status >= 500) {
    tally["unexpected 5xx"] += 1;
    throw new Error(shown);
  }
  if (!isOfApi(path)) return answer;
  tally["errors of the API"] += 1;
  if (isProblem(answer)) return answer;
  tally["without the envelope"] += 1;
  throw new Error(`${shown} (${headers.get("content-type")})`);
}

/** Only images are kept: by their owner's browser, and shared ones by whoever asks again each time. */
function requirePrivate(path: string, { status, headers }: Answer) {
  // What Next answers by itself, and the methods that a route has, are about nobody.
  if (!isOfApi(path) || status === 308 || headers.has("allow")) return;
  kept["answers of the API"] += 1;
  const control = headers.get("cache-control") ?? "";
  const isImage = headers.get("content-type")?.startsWith("image/") ?? false;
  const mayBe = path.includes("token=") ? "public, no-cache" : "private, max-age=31536000, immutable";
  if (control === "private, no-store" || (isImage && control === mayBe)) return;
  kept["that others may keep"] += 1;
  throw new Error(`${path} was answered with ${status}, and with Cache-Control: ${control}`);
}

function isOfApi(path: string): boolean {
  return /^\/api\b/.test(new URL(path, stack.appUrl).pathname);
}

/** The answer's JSON object. */
export function parseBody({ text }: Answer): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

function isProblem(answer: Answer): boolean {
  if (answer.headers.get("content-type") !== "application/problem+json") return false;
  const { type, title, status, detail, request_id: id } = parseBody(answer);
  return [type, title, detail, id].every((value) => typeof value === "string" && value) && status === answer.status;
}
