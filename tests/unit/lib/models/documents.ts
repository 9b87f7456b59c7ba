import { OpenApiSchema } from "@/lib/replicate/schema";
import { publishedModels } from "../../../../sandbox/replicate/catalog/published-models.ts";
import { serializeVersion } from "../../../../sandbox/replicate/catalog/serialize-version.ts";

/** All published models: their real versions, with the documents that Replicate publishes of them. */
export const versions = publishedModels.flatMap((model) =>
  model.versions.map((version) => ({
    id: model.id,
    name: `${model.id}:${version.id.slice(0, 8)}`,
    inputs: version.schemas["Input"]?.properties ?? {},
    required: version.schemas["Input"]?.required ?? [],
    document: OpenApiSchema.parse(serializeVersion(version).openapi_schema),
  })),
);

/** The document of the first version whose name begins so. */
export function documentOf(name: string): OpenApiSchema {
  const version = versions.find((candidate) => candidate.name.startsWith(name));
  if (!version) throw new Error(`No version of ${name}`);
  return version.document;
}

/** A document with these inputs, for what no real model does. */
export function documentWith(properties: unknown, more: { required?: unknown; [schema: string]: unknown } = {}) {
  const { required, ...schemas } = more;
  return { components: { schemas: { Input: { type: "object", properties, required }, ...schemas } } } as OpenApiSchema;
}
