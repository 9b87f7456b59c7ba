import { getFields } from "@/lib/models/inputs/fields";
import { OpenApiSchema } from "@/lib/replicate/schema";
import { publishedModels } from "../../../../sandbox/replicate/catalog/published-models.ts";
import { serializeVersion } from "../../../../sandbox/replicate/catalog/serialize-version.ts";

/** Returns a model of the sandbox as `resolveModel` returns it, in this version or in the newest one, with its real document. */
export function findModel(id: string, versionId: string | null = null) {
  const model = publishedModels.find((published) => published.id === id);
  const version = model?.versions.find((one) => versionId === null || one.id === versionId);
  if (!model || !version) throw new Error(`No model ${id}:${versionId}`);
  const schema = OpenApiSchema.parse(serializeVersion(version).openapi_schema);
  return { model: id, version: model.is_official ? null : version.id, schema };
}

/** Returns what a user has to fill in: a short prompt and the required inputs. */
export function smallestInput(schema: OpenApiSchema): Record<string, unknown> {
  const needed = getFields(schema).filter(({ name, required }) => required || name === "prompt");
  return Object.fromEntries(
    needed.map(({ name, kind, options, min = 1 }) => {
      if (kind === "text" || kind === "longtext" || kind === "file") return [name, "a fox in the snow"];
      return [name, kind === "files" ? ["a"] : (options?.[0] ?? min)];
    }),
  );
}
