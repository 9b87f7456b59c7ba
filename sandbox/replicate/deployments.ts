import { account } from "./account.ts";
import { findVersion } from "./catalog.ts";
import { page } from "./cursor.ts";
import { Deployment } from "./deployment.ts";
import { invalidVersion, json, notFound, problem, Refusal } from "./errors.ts";
import type { JsonSchema } from "./json-schema.ts";
import { readBody, requireValid } from "./read-body.ts";
import type { Call } from "./sandbox.ts";

const RELEASE: Record<string, JsonSchema> = {
  version: { type: "string" },
  hardware: { type: "string" },
  min_instances: { type: "integer", minimum: 0, maximum: 5 },
  max_instances: { type: "integer", minimum: 0, maximum: 20 },
};
const NEW: Record<string, JsonSchema> = { name: { type: "string" }, model: { type: "string" }, ...RELEASE };

function show({ owner, name, number, model, version, created_at, ...rest }: Deployment) {
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

function requireDeployment({ sandbox, param }: Call): Deployment {
  const deployment = sandbox.state.deployments.get(`${param("owner")}/${param("name")}`);
  if (!deployment) throw new Refusal(notFound());
  return deployment;
}

function keep({ sandbox }: Call, fields: Record<string, unknown>): Response {
  const deployment = Deployment.parse({ ...fields, created_at: sandbox.clock.timestamp() });
  if (!findVersion(sandbox.state, deployment.version)) return invalidVersion();
  sandbox.state.deployments.save(deployment);
  return json(200, show(deployment));
}

export async function createDeployment(call: Call): Promise<Response> {
  const body = await readBody(call.request);
  requireValid(body, { required: Object.keys(NEW), properties: NEW });
  const owner = account.username;
  const id = `${owner}/${String(body.name)}`;
  if (call.sandbox.state.deployments.get(id)) {
    return problem(409, "Conflict", "A deployment with that name and owner already exists");
  }
  return keep(call, { ...body, id, owner, number: 1 });
}

/** Any part of the release may change; each change is a new release. */
export async function updateDeployment(call: Call): Promise<Response> {
  const deployment = requireDeployment(call);
  const body = await readBody(call.request);
  requireValid(body, { properties: RELEASE });
  return keep(call, { ...deployment, ...body, number: deployment.number + 1 });
}

export function getDeployment(call: Call): Response {
  return json(200, show(requireDeployment(call)));
}

export function listDeployments(call: Call): Response {
  return page(call, call.sandbox.state.deployments.list(), ({ id }) => id, show);
}

export function deleteDeployment(call: Call): Response {
  call.sandbox.state.deployments.remove(requireDeployment(call).id);
  return new Response(null, { status: 204 });
}
