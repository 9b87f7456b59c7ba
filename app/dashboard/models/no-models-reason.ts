import { AppError } from "@/lib/errors";

/** If `NoModels` can explain this error, returns the code of the error. Throws any other error again. */
export function noModelsReason(error: unknown) {
  if (!(error instanceof AppError)) throw error;
  if (error.code !== "rate_limited" && error.code !== "provider_unavailable") throw error;
  return error.code;
}
