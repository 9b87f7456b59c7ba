import { findModel, listModels } from "../catalog/find-model.ts";
import { Model } from "../catalog/model.ts";
import { serializeExample, serializeModel } from "../catalog/serialize-model.ts";
import { serializeVersion } from "../catalog/serialize-version.ts";
import type { JsonSchema } from "../http/json-schema.ts";
import { paginate } from "../http/paginate.ts";
import { readBody, requireValid } from "../http/read-body.ts";
import { json, notFound, problem, HttpError, text } from "../http/responses.ts";
import type { RouteContext } from "../sandbox.ts";
import { searchModels } from "./search.ts";

const string: JsonSchema = { type: "string" };
const LINKS = { description: string, github_url: string, paper_url: string, license_url: string };
const EDITABLE = { ...LINKS, readme: string, weights_url: string };
const CREATABLE = { ...LINKS, cover_image_url: string, owner: string, name: string, hardware: string };

function requireModel({ sandbox, param }: RouteContext): Model {
  const model = findModel(sandbox.state, `${param("owner")}/${param("name")}`);
  if (!model) throw new HttpError(notFound());
  return model;
}

function requireVersion(context: RouteContext) {
  const version = requireModel(context).versions.find(({ id }) => id === context.param("version"));
  if (!version) throw new HttpError(notFound());
  return version;
}

function answerModels(context: RouteContext, models: Model[]): Response {
  return paginate(
    context,
    models,
    ({ id }) => id,
    (model) => serializeModel(model, context.sandbox.origin),
  );
}

export function getModels(context: RouteContext): Response {
  const query = context.url.searchParams;
  const byModel = query.get("sort_by") === "model_created_at";
  const timeOf = (model: Model) => (byModel ? model.created_at : (model.versions[0]?.created_at ?? model.created_at));
  const sign = query.get("sort_direction") === "asc" ? 1 : -1;
  const models = listModels(context.sandbox.state).filter(({ visibility }) => visibility === "public");
  return answerModels(
    context,
    models.toSorted((a, b) => sign * (timeOf(a) < timeOf(b) ? -1 : 1)),
  );
}

/**
 * QUERY /models: the body is the search text. Replicate's client sends the text as a JSON string, so quotes around it are
 * removed.
 */
export async function queryModels(context: RouteContext): Promise<Response> {
  const body = (await context.request.text()).trim();
  return answerModels(context, searchModels(context.sandbox.state, body.replace(/^"(.*)"$/s, "$1")));
}

export async function createModel({ sandbox, request }: RouteContext): Promise<Response> {
  const body = await readBody(request);
  requireValid(body, {
    required: ["owner", "name", "visibility", "hardware"],
    properties: { ...CREATABLE, visibility: { type: "string", enum: ["public", "private"] } },
  });
  const id = `${String(body.owner)}/${String(body.name)}`;
  if (findModel(sandbox.state, id)) {
    return problem(409, "Conflict", "A model with that name and owner already exists");
  }
  const blank = { description: null, github_url: null, paper_url: null, license_url: null, cover_image_url: null };
  const model = Model.parse({
    ...blank,
    ...body,
    id,
    is_official: false,
    runs_by_name: false,
    run_count: 0,
    created_at: sandbox.clock.timestamp(),
    tags: [],
    readme: null,
    runner: null,
    example: null,
    versions: [],
  });
  sandbox.state.models.save(model);
  return json(201, serializeModel(model, sandbox.origin));
}

export function getModel(context: RouteContext): Response {
  return json(200, serializeModel(requireModel(context), context.sandbox.origin));
}

/**
 * Returns the model in the path. Throws a 403 if the model is built in: only models created in the sandbox can be changed or
 * deleted.
 */
function requireOwnModel(context: RouteContext): Model {
  const model = requireModel(context);
  if (context.sandbox.state.models.get(model.id)) return model;
  throw new HttpError(problem(403, "Forbidden", "You do not have permission to perform this action."));
}

export async function updateModel(context: RouteContext): Promise<Response> {
  const model = requireOwnModel(context);
  const body = await readBody(context.request);
  requireValid(body, { properties: EDITABLE });
  const updated = Model.parse({ ...model, ...body });
  context.sandbox.state.models.save(updated);
  return json(200, serializeModel(updated, context.sandbox.origin));
}

export function deleteModel(context: RouteContext): Response {
  context.sandbox.state.models.remove(requireOwnModel(context).id);
  return new Response(null, { status: 204 });
}

export function listExamples(context: RouteContext): Response {
  const example = serializeExample(requireModel(context), context.sandbox.origin);
  return json(200, { next: null, previous: null, results: example ? [example] : [] });
}

export function getReadme(context: RouteContext): Response {
  const { readme } = requireModel(context);
  return readme === null ? notFound() : text(200, readme, "text/plain; charset=utf-8");
}

export function listVersions(context: RouteContext): Response {
  return paginate(context, requireModel(context).versions, ({ id }) => id, serializeVersion);
}

export function getVersion(context: RouteContext): Response {
  return json(200, serializeVersion(requireVersion(context)));
}

export function deleteVersion(context: RouteContext): Response {
  requireVersion(context);
  requireOwnModel(context);
  return new Response(null, { status: 202 });
}
