import type { Failure } from "@/lib/predictions/failure";
import type { Problem } from "./api";

/** What to say about a request that was refused before anything was started. */
export function explainProblem({ status, detail, fields, isUnclear }: Problem): Failure {
  const wrong = fields.map(({ description }) => description).join(" ");
  return {
    title: isUnclear ? "No clear answer came" : titleOf(status),
    remedy: wrong || detail,
    // Who is signed out may be in again, in another tab.
    canRetry: status === 401 || status === 429 || status >= 500,
  };
}

function titleOf(status: number) {
  if (status === 401) return "You are signed out";
  if (status === 422) return "A setting needs another value";
  if (status === 429) return "That is the limit for now";
  return status >= 500 ? "Nothing was started" : "This request was not accepted";
}
