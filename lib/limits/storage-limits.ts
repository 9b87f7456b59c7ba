import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const GB = 1e9;

/** Returns the limits of stored bytes as parameters of the SQL functions. Null means no limit. */
export function getStorageLimits() {
  const { STORAGE_GB_PER_USER, STORAGE_GB_TOTAL } = env();
  return {
    storage_per_user: Math.floor(STORAGE_GB_PER_USER * GB),
    storage_total: STORAGE_GB_TOTAL === null ? null : Math.floor(STORAGE_GB_TOTAL * GB),
  };
}

/**
 * Returns the error for a run or an upload that is rejected because storage is full. `storage_limit`: the storage of this user
 * is full. `storage_total_limit`: the storage of all users together is full.
 */
export function storageLimitError(outcome: "storage_limit" | "storage_total_limit"): AppError {
  const message =
    outcome === "storage_limit"
      ? "Your storage is full. Delete something in the gallery to make room."
      : "The storage of all users together is full. Delete something in the gallery to make room, or try again later.";
  return new AppError("storage_limit", message);
}

/** Returns the error for a request of a user who was blocked while the request was checked. */
export function blockedError(): AppError {
  return new AppError("blocked", "This account is blocked.");
}
