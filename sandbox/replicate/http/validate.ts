import { resolveRef, type JsonSchema, type Schemas } from "./json-schema.ts";

export type InvalidField = { type: string; field: string; description: string };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (Number.isInteger(value)) return "integer";
  return typeof value;
}

function isType(value: unknown, type: string): boolean {
  const given = typeOf(value);
  return given === type || (type === "number" && given === "integer");
}

// Matches a URI with a scheme, such as a data URI, but not a relative path.
const URI = /^[a-z][a-z0-9+.-]*:[^\\]*$/i;

function checkValue(value: unknown, schema: JsonSchema, field: string): InvalidField[] {
  const errors: InvalidField[] = [];
  const report = (type: string, description: string) => errors.push({ type, field, description });
  const name = field.split(".").at(-1);
  if (schema.enum && !schema.enum.includes(value)) {
    const allowed = schema.enum.map((item) => JSON.stringify(item)).join(", ");
    report("enum", `${name} must be one of the following: ${allowed}`);
  }
  if (typeof value === "number") {
    const { minimum, maximum } = schema;
    if (minimum !== undefined && value < minimum) report("number_gte", `Must be greater than or equal to ${minimum}`);
    if (maximum !== undefined && value > maximum) report("number_lte", `Must be less than or equal to ${maximum}`);
  }
  if (typeof value === "string") {
    const { maxLength, format } = schema;
    if (maxLength !== undefined && value.length > maxLength) {
      report("string_lte", `String length must be less than or equal to ${maxLength}`);
    }
    if (format === "uri" && !URI.test(value)) report("format", "Does not match format 'uri'");
  }
  return errors;
}

/**
 * Returns the errors of the value at the path `field`. As at Replicate, the messages are those of the Go library gojsonschema.
 * The error for a missing or unknown property has the path of the object. Any other error has the path of the wrong value.
 */
export function validate(value: unknown, schema: JsonSchema, schemas: Schemas = {}, field = ""): InvalidField[] {
  const { type, required = [], properties = {}, items, ...rest } = resolveRef(schema, schemas);
  if (type && !isType(value, type)) {
    return [{ type: "invalid_type", field, description: `Invalid type. Expected: ${type}, given: ${typeOf(value)}` }];
  }
  const inside = (key: string | number) => (field ? `${field}.${key}` : String(key));
  const errors = checkValue(value, rest, field);
  if (isRecord(value)) {
    for (const key of required) {
      if (!Object.hasOwn(value, key)) errors.push({ type: "required", field, description: `${key} is required` });
    }
    for (const [key, item] of Object.entries(value)) {
      const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (property) errors.push(...validate(item, property, schemas, inside(key)));
      else if (rest.additionalProperties === false) {
        const description = `Additional property ${key} is not allowed`;
        errors.push({ type: "additional_property_not_allowed", field, description });
      }
    }
  }
  if (Array.isArray(value) && items) {
    value.forEach((item, index) => errors.push(...validate(item, items, schemas, inside(index))));
  }
  return errors;
}
