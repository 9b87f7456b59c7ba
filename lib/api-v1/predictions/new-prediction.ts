import "server-only";
import { z } from "zod";
import { AppError, type InvalidField } from "@/lib/errors";
import { readBodyWithFiles } from "@/lib/http";
import { WebhookEvent } from "@/lib/predictions/schema";

/** The body of POST /models/{owner}/{name}/predictions. `stream` has no effect, as at Replicate. */
export const ModelBody = z.strictObject({
  input: z.record(z.string().max(100), z.unknown()),
  stream: z.boolean().nullish(),
  webhook: z.string().nullish(),
  webhook_events_filter: z.array(WebhookEvent).nullish(),
});
export type ModelBody = z.infer<typeof ModelBody>;

/** The body of POST /predictions. `version`: the id of a version, or a reference to a model with or without a version. */
export const VersionBody = z.strictObject({ version: z.string().max(300), ...ModelBody.shape });

/**
 * Returns the body of a request, validated by the schema. If a field is invalid, throws `invalid_input` with the wording of
 * Replicate's API. Also throws the errors of `readBodyWithFiles`.
 */
export async function readNewPrediction<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const advice = "Upload large files with POST /api/v1/files before this request.";
  const body = await readBodyWithFiles(request, z.looseObject({}), advice);
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", "Some fields are invalid.", {
    invalidFields: parsed.error.issues.flatMap(toInvalidFields),
  });
}

function toInvalidFields(issue: z.core.$ZodIssue): InvalidField[] {
  const field = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      type: "additional_property_not_allowed",
      field,
      description: `Additional property ${key} is not allowed`,
    }));
  }
  if (issue.code === "invalid_type" && issue.input === undefined) {
    const parent = issue.path.slice(0, -1).join(".");
    return [{ type: "required", field: parent, description: `${String(issue.path.at(-1))} is required` }];
  }
  return [{ ...describe(issue, field), field }];
}

function describe(issue: z.core.$ZodIssue, field: string): Pick<InvalidField, "type" | "description"> {
  switch (issue.code) {
    case "invalid_type": {
      const description = `Invalid type. Expected: ${nameOf(issue.expected)}, given: ${typeOf(issue.input)}`;
      return { type: "invalid_type", description };
    }
    case "invalid_value": {
      const options = issue.values.map((value) => JSON.stringify(value)).join(", ");
      return { type: "enum", description: `${field} must be one of the following: ${options}` };
    }
    case "custom":
      return { type: "format", description: issue.message };
    default:
      return { type: issue.code, description: issue.message };
  }
}

/** Returns JSON Schema's name for a type of zod: for example, JSON Schema calls a record an object. */
function nameOf(expected: string): string {
  return expected === "record" ? "object" : expected;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
