import { insufficientCredit, invalidInput, notFound, serverError, throttled, unauthenticated } from "./errors.ts";

/** The body that goes with a status a fault asks for. */
export function faultAnswer(status: number, retryAfter = 3): Response {
  switch (status) {
    case 401:
      return unauthenticated(true);
    case 402:
      return insufficientCredit();
    case 404:
      return notFound();
    case 422:
      return invalidInput([{ type: "required", field: "input", description: "prompt is required" }]);
    case 429:
      return throttled(retryAfter);
    default:
      return serverError(status);
  }
}
