import { z } from "zod";

/** The part of JSON Schema that model versions use. */
export const JsonSchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.int().optional(),
  format: z.string().optional(),
  default: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.boolean().optional(),
  $ref: z.string().optional(),
  get properties() {
    return z.record(z.string(), JsonSchema).optional();
  },
  get items() {
    return JsonSchema.optional();
  },
  get allOf() {
    return z.array(JsonSchema).optional();
  },
});
export type JsonSchema = z.infer<typeof JsonSchema>;

export type Schemas = Record<string, JsonSchema>;

/**
 * Returns the schema that the `$ref` of the schema (or of its `allOf`) names, or the schema itself if there is no `$ref`. The
 * other keys of the schema, such as `default`, override the keys of the named schema.
 */
export function resolveRef(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const target = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split("/").at(-1);
  return target ? { ...schemas[target], ...schema } : schema;
}

/** Returns the input as the model receives it, with defaults for missing properties. */
export function withDefaults(input: Record<string, unknown>, schemas: Schemas): Record<string, unknown> {
  const defaults = Object.entries(schemas.Input?.properties ?? {}).filter(([, schema]) => schema.default !== undefined);
  return { ...Object.fromEntries(defaults.map(([key, schema]) => [key, schema.default])), ...input };
}
