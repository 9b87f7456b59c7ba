import { findVersion } from "../catalog/find-model.ts";
import type { JsonSchema } from "../http/json-schema.ts";
import { paginate } from "../http/paginate.ts";
import { readBody, requireValid } from "../http/read-body.ts";
import { invalidVersion, json, notFound, problem, HttpError } from "../http/responses.ts";
import type { RouteContext } from "../sandbox.ts";
import { Deployment } from "../state/saved-state.ts";
import { account } from "./account.ts";

const RELEASE: Record<string, JsonSchema> = {
  version: { type: "string" },
  hardware: { type: "string" },
  min_instances: { type: "integer", minimum: 0, maximum: 5 },
  max_instances: { type: "integer", minimum: 0, maximum: 20 },
};
const NEW: Record<string, JsonSchema> = { name: { type: "string" }, model: { type: "string" }, ...RELEASE };

function serialize({ owner, name, number, model, version, created_at, ...rest }: Deployment) {
  const { hardware, min_instances, max_instances } = rest;
  return {
    owner,
    name,
    current_release: {
      number,
      model,
      version,
      created_at,
      created_by: account,
      configuration: { hardware, min_instances, max_instances },
    },
  };
}

function requireDeployment({ sandbox, param }: RouteContext): Deployment {
  const deployment = sandbox.state.deployments.get(`${param("owner")}/${param("name")}`);
  if (!deployment) throw new HttpError(notFound());
  return deployment;
}

function saveDeployment({ sandbox }: RouteContext, fields: Record<string, unknown>): Response {
  const deployment = Deployment.parse({ ...fields, created_at: sandbox.clock.timestamp() });
  if (!findVersion(sandbox.state, deployment.version)) return invalidVersion();
  sandbox.state.deployments.save(deployment);
  return json(200, serialize(deployment));
}

export async function createDeployment(context: RouteContext): Promise<Response> {
  const body = await readBody(context.request);
  requireValid(body, { required: Object.keys(NEW), properties: NEW });
  const owner = account.username;
  const id = `${owner}/${String(body.name)}`;
  if (context.sandbox.state.deployments.get(id)) {
    return problem(409, "Conflict", "A deployment with that name and owner already exists");
  }
  return saveDeployment(context, { ...body, id, owner, number: 1 });
}

/** PATCH /deployments/:owner/:name: changes a deployment. Each change makes a new release, with the next number. */
export async function updateDeployment(context: RouteContext): Promise<Response> {
  const deployment = requireDeployment(context);
  const body = await readBody(context.request);
  requireValid(body, { properties: RELEASE });
  return saveDeployment(context, { ...deployment, ...body, number: deployment.number + 1 });
}

export function getDeployment(context: RouteContext): Response {
  return json(200, serialize(requireDeployment(context)));
}

export function listDeployments(context: RouteContext): Response {
  return paginate(context, context.sandbox.state.deployments.list(), ({ id }) => id, serialize);
}

export function deleteDeployment(context: RouteContext): Response {
  context.sandbox.state.deployments.remove(requireDeployment(context).id);
  return new Response(null, { status: 204 });
}
