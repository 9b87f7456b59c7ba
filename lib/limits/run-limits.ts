import "server-only";
import { z } from "zod";
import { productName } from "@/lib/config";
import { env } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { getStorageLimits, storageLimitError } from "./storage-limits";

/** Returns the parameter `p_limits` of the SQL function `start_prediction`. */
export function getRunLimits() {
  return {
    in_flight: env().MAX_IN_FLIGHT_PER_USER,
    per_minute: env().CREATES_PER_MINUTE_PER_USER,
    daily_per_user: env().DAILY_IMAGES_PER_USER,
    daily_per_new_user: env().DAILY_IMAGES_PER_NEW_USER,
    daily_total: env().DAILY_IMAGES_TOTAL,
    ...getStorageLimits(),
  };
}

/** Why `start_prediction` did not insert a row. */
export const Rejection = z.enum([
  "mismatch",
  "quota_exceeded",
  "in_flight_limit",
  "rate_limited",
  "spend_cap",
  "storage_limit",
  "storage_total_limit",
]);
export type Rejection = z.infer<typeof Rejection>;

/** `wait` is for `rate_limited`, in seconds. */
export function rejectionError(rejection: Rejection, wait = 60): AppError {
  switch (rejection) {
    case "mismatch":
      return new AppError("idempotency_mismatch", "This Idempotency-Key was used for another request. Use a new one.");
    case "in_flight_limit": {
      const message = "Too many images are being generated at once. Wait until one has finished.";
      return new AppError("in_flight_limit", message, { retryAfter: 5 });
    }
    case "rate_limited":
      return new AppError("rate_limited", `Too many requests. Wait ${wait} s, then try again.`, { retryAfter: wait });
    case "quota_exceeded":
      return dailyLimitError("quota_exceeded", "Today's images are used up. More are available tomorrow (UTC).");
    case "spend_cap": {
      const message = `${productName} has reached its daily limit for all users. Try again tomorrow (UTC).`;
      return dailyLimitError("spend_cap", message);
    }
    case "storage_limit":
    case "storage_total_limit":
      return storageLimitError(rejection);
  }
}

/** Daily limits reset at midnight UTC. */
function dailyLimitError(code: ErrorCode, message: string): AppError {
  return new AppError(code, message, { retryAfter: Math.ceil((86_400_000 - (Date.now() % 86_400_000)) / 1000) });
}
