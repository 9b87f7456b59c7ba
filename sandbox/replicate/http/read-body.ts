import type { JsonSchema, Schemas } from "./json-schema.ts";
import { badRequest, invalidInput, HttpError } from "./responses.ts";
import { isRecord, validate } from "./validate.ts";

/** Reads any JSON value. Throws a 400 if the body is incomplete or not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    return JSON.parse(await request.text());
  } catch {
    throw new HttpError(badRequest("The request body is not valid JSON."));
  }
}

/** Reads a JSON object. Throws a 400 if the body is not JSON, and a 422 if it is not an object. */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  const value = await readJson(request);
  if (isRecord(value)) return value;
  throw new HttpError(invalidInput(validate(value, { type: "object" })));
}

/** Checks the body against the schema. Throws a 422 that lists all fields with errors. */
export function requireValid(body: Record<string, unknown>, schema: JsonSchema, schemas?: Schemas) {
  const errors = validate(body, { type: "object", additionalProperties: false, ...schema }, schemas);
  if (errors.length > 0) throw new HttpError(invalidInput(errors));
}
