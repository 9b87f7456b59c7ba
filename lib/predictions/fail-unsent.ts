import "server-only";
import { applyUpdate, type PredictionRow } from "./rows";

/**
 * Ends a row as failed. The row has secrets and could not be sent at once. Secrets are not saved, so the row cannot be sent later
 * either. The prediction never ran, so it no longer counts toward the daily limits.
 */
export function failUnsent(lease: Pick<PredictionRow, "id" | "lease_token">): Promise<PredictionRow | null> {
  const error = "This request contains a secret, which is never saved. So it could not wait, and was not sent.";
  return applyUpdate(lease, { status: "failed", error, error_code: "provider_unreachable" }, 0);
}
