import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { countRead } from "@/lib/limits/request-limits";
import * as models from "@/lib/models/look-up";
import { isVersionId } from "@/lib/models/ref";
import { findVisibleModel, isVisible } from "@/lib/models/visibility";
import type { Question } from "@/lib/replicate/look-up";
import type { Caller } from "./caller";
import { parseReplicate } from "./parse-replicate";

// These functions return Replicate's data about models, in the format of Replicate's API. Each call counts as one read by the
// caller: see `countRead`. All of these functions throw `not_found`, `rate_limited` or `provider_unavailable`.

type User = Pick<Caller, "id">;
/** The parameters in the path of a route about a model. */
export type ModelContext = { params: Promise<{ owner: string; name: string }> };

const Collection = z.looseObject({ models: z.array(z.unknown()).default([]) });
const SearchResult = z.looseObject({ models: z.array(z.looseObject({ model: z.unknown() })).default([]) });

/**
 * Returns Replicate's data that is not about one model, such as a list of models. The data may contain private models: the code
 * that calls this function must leave them out.
 */
export async function lookUp(caller: User, question: Question): Promise<unknown> {
  countRead(caller.id, "Replicate");
  return (await models.lookUp(caller.id, question)) ?? notFound();
}

/** Returns the model that the path names, if the caller may see it. */
export async function lookUpModel(caller: User, { params }: ModelContext): Promise<Record<string, unknown>> {
  const { owner, name } = await params;
  countRead(caller.id, "Replicate");
  return (await findVisibleModel(caller, `${owner}/${name}`)) ?? notFound();
}

/**
 * Returns Replicate's data below the path of a model, such as a list of its versions. `context` names the model, and `rest` is
 * the path after the name of the model. Throws `not_found` if the caller may not see the model.
 */
export async function lookUpPart(
  caller: User,
  context: ModelContext,
  rest: string[],
  question: Omit<Question, "path"> = {},
): Promise<unknown> {
  // The request is sent to Replicate only after this check. Otherwise the response time would reveal that a private model
  // exists.
  await lookUpModel(caller, context);
  const { owner, name } = await context.params;
  return (await models.lookUp(caller.id, { ...question, path: ["models", owner, name, ...rest] })) ?? notFound();
}

/** Returns a version of the model that the path names. */
export async function lookUpVersion(
  caller: User,
  context: { params: Promise<{ owner: string; name: string; version: string }> },
): Promise<unknown> {
  const { version } = await context.params;
  return isVersionId(version) ? lookUpPart(caller, context, ["versions", version]) : notFound();
}

/** Returns a collection. Models that the caller may not see are left out of it. */
export async function lookUpCollection(caller: User, slug: string) {
  if (!/^[a-z0-9][\w-]{0,99}$/i.test(slug)) return notFound();
  const collection = parseReplicate(Collection, await lookUp(caller, { path: ["collections", slug] }));
  return { ...collection, models: collection.models.filter(isVisible) };
}

/** Returns the results of a search: collections, pages and models. Models that the caller may not see are left out. */
export async function lookUpSearch(caller: User, params: Record<string, string>) {
  const found = parseReplicate(SearchResult, await lookUp(caller, { path: ["search"], params }));
  return { ...found, models: found.models.filter(({ model }) => isVisible(model)) };
}

function notFound(): never {
  throw new AppError("not_found", "There is nothing at this URL.");
}
