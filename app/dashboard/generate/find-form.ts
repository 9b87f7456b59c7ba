import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors";
import { getModelForm } from "@/lib/models/resolve";

/**
 * Returns the form of a model. Returns null if this user has opened too many models in a short time. Responds with 404 if the
 * model does not exist or is not allowed.
 */
export async function findForm(userId: string, model: string | undefined) {
  try {
    return await getModelForm(userId, model);
  } catch (error) {
    if (error instanceof AppError && error.status === 422) notFound();
    if (error instanceof AppError && error.code === "rate_limited") return null;
    throw error;
  }
}
