import "server-only";
import { applyUpdate, type PredictionRow } from "./rows";

/**
 * Ends a row as failed. The row has secrets and could not be sent at once. Secrets are not saved, so the row cannot be sent later
 * either. The prediction never ran, so it no longer counts toward the daily limits.
 */
export function failUnsent(lease: Pick<PredictionRow, "id" | "lease_token">): Promise<PredictionRow | null> {
  const error = "The request was not sent, and its secret is never saved. Enter the secret and run the model again.";
  return applyUpdate(lease, { status: "failed", error, error_code: "provider_unreachable" }, 0);
}
