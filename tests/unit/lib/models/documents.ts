import { OpenApiSchema } from "@/lib/replicate/schema";
import { publishedModels } from "../../../../sandbox/replicate/catalog/published-models.ts";
import { serializeVersion } from "../../../../sandbox/replicate/catalog/serialize-version.ts";

/** All versions of the published models, with the documents that Replicate publishes for them. */
export const versions = publishedModels.flatMap((model) =>
  model.versions.map((version) => ({
    id: model.id,
    name: `${model.id}:${version.id.slice(0, 8)}`,
    inputs: version.schemas["Input"]?.properties ?? {},
    required: version.schemas["Input"]?.required ?? [],
    document: OpenApiSchema.parse(serializeVersion(version).openapi_schema),
  })),
);

/** Returns the document of the first version whose name begins with `name`. */
export function documentOf(name: string): OpenApiSchema {
  const version = versions.find((candidate) => candidate.name.startsWith(name));
  if (!version) throw new Error(`No version of ${name}`);
  return version.document;
}

/** Returns a document with these inputs, for cases that no published model has. */
export function documentWith(properties: unknown, more: { required?: unknown; [schema: string]: unknown } = {}) {
  const { required, ...schemas } = more;
  return { components: { schemas: { Input: { type: "object", properties, required }, ...schemas } } } as OpenApiSchema;
}
