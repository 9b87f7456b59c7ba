import "server-only";
import { AppError } from "@/lib/errors";
import type { Scope } from "@/lib/keys/schema";
import { apiRoute } from "./route-wrappers";

/** Returns a handler that refuses every request with a 403 and this sentence, even if the resource in the URL does not exist. */
export function refuse(scope: Scope, sentence: string) {
  return apiRoute(scope, () => Promise.reject(new AppError("forbidden", sentence)));
}

/** Refuses to change models: they belong to the account of this installation at Replicate, not to the caller. */
export const refuseModelChange = refuse(
  "manage",
  "Models cannot be created, changed or deleted through this API. Their owners can do this on replicate.com.",
);
