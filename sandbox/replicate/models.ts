import { findModel, listModels } from "./catalog.ts";
import { page } from "./cursor.ts";
import { json, notFound, problem, Refusal, text } from "./errors.ts";
import type { JsonSchema } from "./json-schema.ts";
import { Model } from "./model.ts";
import { showVersion } from "./openapi.ts";
import { readBody, requireValid } from "./read-body.ts";
import type { Call } from "./sandbox.ts";
import { searchModels } from "./search.ts";
import { showExample, showModel } from "./show-model.ts";

const string: JsonSchema = { type: "string" };
const LINKS = { description: string, github_url: string, paper_url: string, license_url: string };
const EDITABLE = { ...LINKS, readme: string, weights_url: string };
const NEW = { ...LINKS, cover_image_url: string, owner: string, name: string, hardware: string };

function requireModel({ sandbox, param }: Call): Model {
  const model = findModel(sandbox.state, `${param("owner")}/${param("name")}`);
  if (!model) throw new Refusal(notFound());
  return model;
}

function requireVersion(call: Call) {
  const version = requireModel(call).versions.find(({ id }) => id === call.param("version"));
  if (!version) throw new Refusal(notFound());
  return version;
}

function pageOfModels(call: Call, models: Model[]): Response {
  return page(
    call,
    models,
    ({ id }) => id,
    (model) => showModel(model, call.sandbox.origin),
  );
}

export function getModels(call: Call): Response {
  const query = call.url.searchParams;
  const byModel = query.get("sort_by") === "model_created_at";
  const moment = (model: Model) => (byModel ? model.created_at : (model.versions[0]?.created_at ?? model.created_at));
  const sign = query.get("sort_direction") === "asc" ? 1 : -1;
  const models = listModels(call.sandbox.state).filter(({ visibility }) => visibility === "public");
  return pageOfModels(
    call,
    models.toSorted((a, b) => sign * (moment(a) < moment(b) ? -1 : 1)),
  );
}

/** QUERY /models: the text of the search is the body. The client sends it as a JSON string, quotes and all. */
export async function queryModels(call: Call): Promise<Response> {
  const body = (await call.request.text()).trim();
  return pageOfModels(call, searchModels(call.sandbox.state, body.replace(/^"(.*)"$/s, "$1")));
}

export async function createModel({ sandbox, request }: Call): Promise<Response> {
  const body = await readBody(request);
  requireValid(body, {
    required: ["owner", "name", "visibility", "hardware"],
    properties: { ...NEW, visibility: { type: "string", enum: ["public", "private"] } },
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
  return json(201, showModel(model, sandbox.origin));
}

export function getModel(call: Call): Response {
  return json(200, showModel(requireModel(call), call.sandbox.origin));
}

/** Published models belong to others; only those created here can be changed or deleted. */
function requireOwnModel(call: Call): Model {
  const model = requireModel(call);
  if (call.sandbox.state.models.get(model.id)) return model;
  throw new Refusal(problem(403, "Forbidden", "You do not have permission to perform this action."));
}

export async function updateModel(call: Call): Promise<Response> {
  const model = requireOwnModel(call);
  const body = await readBody(call.request);
  requireValid(body, { properties: EDITABLE });
  const updated = Model.parse({ ...model, ...body });
  call.sandbox.state.models.save(updated);
  return json(200, showModel(updated, call.sandbox.origin));
}

export function deleteModel(call: Call): Response {
  call.sandbox.state.models.remove(requireOwnModel(call).id);
  return new Response(null, { status: 204 });
}

export function listExamples(call: Call): Response {
  const example = showExample(requireModel(call), call.sandbox.origin);
  return json(200, { next: null, previous: null, results: example ? [example] : [] });
}

export function getReadme(call: Call): Response {
  const { readme } = requireModel(call);
  return readme === null ? notFound() : text(200, readme, "text/plain; charset=utf-8");
}

export function listVersions(call: Call): Response {
  return page(call, requireModel(call).versions, ({ id }) => id, showVersion);
}

export function getVersion(call: Call): Response {
  return json(200, showVersion(requireVersion(call)));
}

export function deleteVersion(call: Call): Response {
  requireVersion(call);
  requireOwnModel(call);
  return new Response(null, { status: 202 });
}
