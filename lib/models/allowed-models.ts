import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { MAX_FEATURED_RUN_USD } from "@/lib/limits/default-limits";
import { featuredModels, type FeaturedModel, findFeatured } from "./catalog";
import { modelNameOf } from "./ref";

/** In the setting `ALLOWED_MODELS`, this word stands for all featured models. */
const FEATURED = "featured";

/** Returns the featured models that are offered here (see `isOffered`), in the order of the catalog. */
export function listEnabledModels(): FeaturedModel[] {
  return featuredModels.filter(({ id }) => isOffered(id));
}

/**
 * Whether the pages offer a model. The model must be allowed. A featured model that is marked as expensive is offered only if its
 * runs have no cost limit, because a run with its default settings may exceed the limit.
 */
export function isOffered(model: string): boolean {
  return isAllowed(model) && !(findFeatured(model)?.isExpensive && costLimitOf(model) !== null);
}

/** Returns the model for each tool: the first featured model with this tool that is offered here. */
export function listToolModels(): Record<string, string> {
  const tools = listEnabledModels().flatMap(({ tool, id }) => (tool ? [[tool, id] as const] : []));
  return Object.fromEntries(tools.toReversed());
}

/**
 * Throws `model_not_allowed` for a model (`owner/name`) that this installation does not allow. The default model is always
 * allowed.
 */
export function requireAllowed(model: string): void {
  if (isAllowed(model)) return;
  const name = model.slice(0, 100);
  const description = `${name} is not allowed here. Choose another model. Or ask the operator of this site to add ${name} to the setting ALLOWED_MODELS.`;
  throw new AppError("model_not_allowed", description, {
    invalidFields: [{ field: "model", description, type: "not_allowed" }],
  });
}

/** Whether this installation allows a model (`owner/name`, in upper or lower case). */
export function isAllowed(model: string): boolean {
  return isNamed(model) || isDefault(model) || (allowsFeatured() && findFeatured(model) !== undefined);
}

/**
 * Whether an allowed model may be private. It may if `ALLOWED_MODELS` contains its name, if it is the default model, or if it is
 * featured. A model that is allowed only by `*` must be public. Otherwise users could run all private models of the
 * installation's account at Replicate.
 */
export function mayBePrivate(model: string): boolean {
  return isListed(model) || isDefault(model) || findFeatured(model) !== undefined;
}

/**
 * Whether a model must be hidden, because it is private and may not be private (see `mayBePrivate`). For such a model, users must
 * get the same answers as for a model that does not exist.
 */
export function isHidden(model: string, visibility: string | null | undefined): boolean {
  return visibility !== "public" && !mayBePrivate(model);
}

/**
 * Returns the highest cost (US dollars) that a run of an allowed model may have, or null if there is no limit. There is no limit
 * if `ALLOWED_MODELS` contains the model or `*`. There is also no limit for the default model, except if it is a featured model
 * that is not marked as expensive.
 */
export function costLimitOf(model: string): number | null {
  const isCheap = findFeatured(model)?.isExpensive === false;
  return isNamed(model) || (isDefault(model) && !isCheap) ? null : MAX_FEATURED_RUN_USD;
}

function allowsFeatured(): boolean {
  return env().ALLOWED_MODELS.length === 0 || env().ALLOWED_MODELS.includes(FEATURED);
}

function isNamed(model: string): boolean {
  return env().ALLOWED_MODELS.includes("*") || isListed(model);
}

function isListed(model: string): boolean {
  return env().ALLOWED_MODELS.some((name) => name.toLowerCase() === model.toLowerCase());
}

function isDefault(model: string): boolean {
  return modelNameOf(env().REPLICATE_MODEL_VERSION).toLowerCase() === model.toLowerCase();
}
