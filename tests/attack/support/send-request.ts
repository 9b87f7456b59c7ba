import { afterAll, inject } from "vitest";
import type { User } from "../../support/users";
import { addFigures } from "./figures";
import { findSecrets, listSecrets } from "./secrets";

export const stack = inject("stack");

/** A request of an attacker. `as`: the user whose access token is sent. `in`: the user whose cookies are sent. */
export type AppRequest = {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
  as?: User;
  in?: User;
};

export type Answer = { status: number; headers: Headers; bytes: Buffer; text: string };

const secrets = listSecrets(stack);
const tally = { requests: 0, "unexpected 5xx": 0, "errors of the API": 0, "without the envelope": 0 };
const cacheable = { "answers of the API": 0, "with public caching": 0 };

afterAll(() => {
  addFigures(stack, "R19", tally);
  addFigures(stack, "R21", { "answers searched for secrets": tally.requests });
  addFigures(stack, "R22", cacheable);
});

/** Sends a request to the app without following redirects, and checks the response with `checkAnswer`. */
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
  const bytes = Buffer.from(await response.arrayBuffer());
  const { status, headers: answered } = response;
  return checkAnswer(path, { status, headers: answered, bytes, text: bytes.toString() });
}

/**
 * Throws if a response is a 5xx or contains a secret. A response of the API also must not be cached, except a file. An error
 * of the API must be problem+json with a request id, or in Replicate's format under /api/v1. `known` is a status with which
 * Node or Next responds before the app runs. For this status, only the secrets are checked.
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
  // A 416 has no body, so it needs no error format.
  if (!isOfApi(path) || status === 416) return answer;
  tally["errors of the API"] += 1;
  if (path.startsWith("/api/v1") ? isReplicateError(answer) : isProblem(answer)) return answer;
  tally["without the envelope"] += 1;
  throw new Error(`${shown} (${headers.get("content-type")})`);
}

/**
 * Throws if a response of the API may be cached. Only files may be cached: by the browser of their owner, or, if they are
 * shared, by everyone with revalidation.
 */
function requirePrivate(path: string, { status, headers }: Answer) {
  // Next's own redirects (308), and responses that list the allowed methods, contain no data of users.
  if (!isOfApi(path) || status === 308 || headers.has("allow")) return;
  cacheable["answers of the API"] += 1;
  const control = headers.get("cache-control") ?? "";
  const isFile = status < 400 && /^\/api\/(media|uploads)\/[0-9a-f-]{36}(\?|$)/.test(path);
  const mayBe = path.includes("token=") ? "public, no-cache" : "private, max-age=31536000, immutable";
  if (control === "private, no-store" || (isFile && control.replace(/, no-transform$/, "") === mayBe)) return;
  cacheable["with public caching"] += 1;
  throw new Error(`${path} was answered with ${status}, and with Cache-Control: ${control}`);
}

function isOfApi(path: string): boolean {
  return /^\/api\b/.test(new URL(path, stack.appUrl).pathname);
}

export function parseBody({ text }: Answer): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

/** Whether the response is an error in the format of Replicate's API. */
function isReplicateError(answer: Answer): boolean {
  const { detail, status } = parseBody(answer);
  return typeof detail === "string" && detail !== "" && status === answer.status;
}

function isProblem(answer: Answer): boolean {
  if (answer.headers.get("content-type") !== "application/problem+json") return false;
  const { type, title, status, detail, request_id: id } = parseBody(answer);
  return [type, title, detail, id].every((value) => typeof value === "string" && value) && status === answer.status;
}
