import { AppError } from "@/lib/errors";

/** Returns the code of an error that `NoModels` can explain. Throws all other errors again. */
export function noModelsReason(error: unknown) {
  if (!(error instanceof AppError)) throw error;
  if (error.code !== "rate_limited" && error.code !== "provider_unavailable") throw error;
  return error.code;
}
