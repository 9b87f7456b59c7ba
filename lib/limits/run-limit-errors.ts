import "server-only";
import { z } from "zod";
import { productName } from "@/lib/config";
import { env } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { blockedError, getStorageLimits, storageLimitError } from "./storage-limits";

/** Returns the parameter `p_limits` of the SQL function `start_prediction`. */
export function getRunLimits() {
  return {
    in_flight: env().MAX_IN_FLIGHT_PER_USER,
    per_minute: env().CREATES_PER_MINUTE_PER_USER,
    daily_per_user: env().DAILY_IMAGES_PER_USER,
    daily_per_new_user: env().DAILY_IMAGES_PER_NEW_USER,
    daily_total: env().DAILY_IMAGES_TOTAL,
    daily_usd_per_user: env().DAILY_USD_PER_USER,
    daily_usd_total: env().DAILY_USD_TOTAL,
    ...getStorageLimits(),
  };
}

/**
 * Why `start_prediction` did not insert a row. `retry_after` is in seconds. `left_usd` is what is left of the day's budget, and
 * `limit_usd` is the whole budget.
 */
export const Rejected = z.object({
  outcome: z.enum([
    "mismatch",
    "blocked",
    "key_refused",
    "key_quota_exceeded",
    "key_budget_exceeded",
    "quota_exceeded",
    "budget_exceeded",
    "in_flight_limit",
    "rate_limited",
    "spend_cap",
    "storage_limit",
    "storage_total_limit",
    "webhook_limit",
  ]),
  retry_after: z.number().optional(),
  left_usd: z.number().optional(),
  limit_usd: z.number().optional(),
});
type Rejected = z.infer<typeof Rejected>;

/** Returns the error for a rejected run. `maxUsd` is the highest possible cost of the run, in US dollars. */
export function rejectionError(
  { outcome, retry_after: wait = 60, left_usd: left = 0, limit_usd: budget = 0 }: Rejected,
  maxUsd = 0,
): AppError {
  switch (outcome) {
    case "mismatch":
      return new AppError("idempotency_mismatch", "This Idempotency-Key was used for another request. Use a new one.");
    case "blocked":
      return blockedError();
    case "key_refused":
      return new AppError("unauthenticated", "This API key was revoked or has expired.");
    case "key_quota_exceeded":
      return dailyLimitError(
        "quota_exceeded",
        "This API key has used all its images for today. The limit resets at 00:00 UTC.",
      );
    case "key_budget_exceeded": {
      const message = `${explainBudget(left, budget, maxUsd)} This is the limit of the API key.`;
      return dailyLimitError("budget_exceeded", message);
    }
    case "in_flight_limit": {
      const message = "You have too many runs in progress. Wait until one of them has finished.";
      return new AppError("in_flight_limit", message, { retryAfter: 5 });
    }
    case "rate_limited":
      return new AppError("rate_limited", `Too many requests. Wait ${wait} s, then try again.`, { retryAfter: wait });
    case "quota_exceeded":
      return dailyLimitError("quota_exceeded", "Today's images are used up. More are available tomorrow (UTC).");
    case "budget_exceeded":
      return dailyLimitError("budget_exceeded", explainBudget(left, budget, maxUsd));
    case "spend_cap": {
      const message = `All users of ${productName} together have reached the daily limit. Try again tomorrow (UTC).`;
      return dailyLimitError("spend_cap", message);
    }
    case "storage_limit":
    case "storage_total_limit":
      return storageLimitError(outcome);
    case "webhook_limit": {
      const message = "Your webhooks go to too many hosts. Wait until your other predictions have ended.";
      return new AppError("rate_limited", message, { retryAfter: 60 });
    }
  }
}

function explainBudget(left: number, budget: number, maxUsd: number): string {
  const most = `This run may cost up to ${toDollars(Math.ceil(maxUsd * 100))}`;
  if (maxUsd > budget) return `${most}. That is more than the daily budget of ${toDollars(budget * 100)}.`;
  const cents = Math.floor(left * 100);
  const reset = "The budget resets at 00:00 UTC.";
  return cents > 0
    ? `${most}, but only ${toDollars(cents)} of today's budget of ${toDollars(budget * 100)} is left. ${reset}`
    : `Today's budget of ${toDollars(budget * 100)} is used up. ${reset}`;
}

function toDollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}

/** Returns the error for a daily limit. The client may try again at midnight UTC, when the daily limits reset. */
function dailyLimitError(code: ErrorCode, message: string): AppError {
  return new AppError(code, message, { retryAfter: Math.ceil((86_400_000 - (Date.now() % 86_400_000)) / 1000) });
}
