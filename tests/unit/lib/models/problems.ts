import { AppError } from "@/lib/errors";
import { checkInput } from "@/lib/models/inputs/check-input";
import type { OpenApiSchema } from "@/lib/replicate/schema";

/** Returns the problems that `checkInput` finds in an input, or an empty list. */
export function problems(document: OpenApiSchema | null, input: Record<string, unknown>) {
  try {
    checkInput(document, input);
    return [];
  } catch (error) {
    if (error instanceof AppError && error.status === 422) return error.invalidFields ?? [];
    throw error;
  }
}
