import { listModels } from "../catalog/find-model.ts";
import type { Model, Runner } from "../catalog/model.ts";
import { serializeModel } from "../catalog/serialize-model.ts";
import { badRequest, json } from "../http/responses.ts";
import type { RouteContext } from "../sandbox.ts";
import type { State } from "../state/saved-state.ts";
import { collections } from "./collections.ts";

function words(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * For each runner: additional words with which a search finds its models. A runner is the code that imitates a kind of model.
 * For example, a search for "speech" finds the models of the runner `whisper`. A runner that is not in this table has the word
 * "image".
 */
const KINDS: Partial<Record<Runner, string>> = {
  video: "video",
  audio: "audio sound",
  "music-image": "audio music sound",
  stems: "audio music sound",
  whisper: "audio speech text",
  llama: "text language",
  caption: "image text",
  greeting: "text",
  embedding: "vectors",
  mesh: "3d mesh",
  trellis: "3d mesh",
  archive: "archive",
};

function score({ id, description, tags, runner }: Model, query: string): number {
  const kind = runner ? (KINDS[runner] ?? "image") : "";
  const about = `${id} ${description} ${tags.join(" ")} ${kind}`.toLowerCase();
  const wanted = words(query);
  return wanted.filter((word) => about.includes(word)).length / Math.max(1, wanted.length);
}

/**
 * Returns the public models for which every word of the query is in the name, the description, the tags or the words of the
 * runner. The most used models come first.
 */
export function searchModels(state: State, query: string): Model[] {
  return listModels(state)
    .filter((model) => model.visibility === "public" && words(query).length > 0 && score(model, query) === 1)
    .toSorted((a, b) => b.run_count - a.run_count);
}

/**
 * GET /search: the public models that match at least one word of the query, best match first, and the collections with such a
 * word in their slug.
 */
export function search({ sandbox, url }: RouteContext): Response {
  const query = url.searchParams.get("query") ?? "";
  if (!query) return json(400, { detail: 'Query parameter "query" is required' });
  const limit = Number(url.searchParams.get("limit") ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 50) return badRequest('"limit" must be between 1 and 50');
  const models = listModels(sandbox.state)
    .map((model) => ({ model, score: score(model, query) }))
    .filter((found) => found.score > 0 && found.model.visibility === "public")
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit);
  return json(200, {
    query,
    models: models.map((found) => ({
      model: serializeModel(found.model, sandbox.origin),
      metadata: { generated_description: found.model.description, tags: found.model.tags, score: found.score },
    })),
    collections: collections.filter(({ slug }) => words(query).some((word) => slug.includes(word))),
    pages: [],
  });
}
