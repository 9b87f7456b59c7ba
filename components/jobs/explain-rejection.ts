import type { Problem } from "./read-response";
import type { Failure } from "./explain-failure";

/** Explains a rejected request to the user. */
export function explainRejection({ status, type, detail, fields, isUnclear }: Problem): Failure {
  const invalid = fields.map(({ description }) => description.replace(/\.?$/, ".")).join(" ");
  return {
    title: isUnclear ? "It is not clear whether this run has started" : titleOf(status, type),
    remedy: invalid || detail,
    // After a 401, the user can sign in again in another tab, and then run the request again in this tab.
    action: status === 401 || status === 429 || status >= 500 ? "Run again" : null,
  };
}

function titleOf(status: number, type: unknown) {
  if (type === "invalid_input") return "A setting has an invalid value";
  if (type === "unknown_model") return "This model does not exist";
  if (type === "model_not_allowed") return "This model cannot run here";
  if (status === 401) return "You are signed out";
  if (status === 429) return "Limit reached";
  return status >= 500 ? "Nothing was started" : "This request was not accepted";
}
