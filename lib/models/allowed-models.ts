import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { featuredModels, type FeaturedModel } from "./featured-models";
import { modelNameOf } from "./ref";

/** Returns the featured models that are allowed. */
export function listEnabledModels(): FeaturedModel[] {
  return featuredModels.filter((entry) => isAllowed(entry.id));
}

/** Returns the model for each tool: the first allowed featured model with that tool. */
export function listToolModels(): Record<string, string> {
  const tools = listEnabledModels().filter(({ tool }) => tool !== "generate");
  return Object.fromEntries(tools.toReversed().map(({ tool, id }) => [tool, id]));
}

/** Throws `model_not_allowed` for a model (`owner/name`) that is not allowed. The default model is always allowed. */
export function requireAllowed(model: string): void {
  if (isAllowed(model)) return;
  const description = `${model.slice(0, 100)} is not allowed here. Allowed: ${allowedNames().join(", ")}.`;
  throw new AppError("model_not_allowed", description, {
    invalidFields: [{ field: "model", description, type: "not_allowed" }],
  });
}

/** Whether this installation allows a model (`owner/name`, in upper or lower case). */
export function isAllowed(model: string): boolean {
  return env().ALLOWED_MODELS.includes("*") || allowedNames().includes(model.toLowerCase());
}

function allowedNames(): string[] {
  const names = env().ALLOWED_MODELS.length > 0 ? env().ALLOWED_MODELS : featuredModels.map((entry) => entry.id);
  return [...new Set([...names, modelNameOf(env().REPLICATE_MODEL_VERSION)].map((name) => name.toLowerCase()))];
}
