import "server-only";
import { z } from "zod";
import { AppError, type InvalidField } from "@/lib/errors";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { fieldsOf } from "./fields";

type Input = Record<string, unknown>;

/** A picture of the caller's own as a file input: its id, or its path in this app. */
const OWN_IMAGE = "^(?:/api/images/)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$";
/** Longest side (px) where a model's schema names no bound; beyond it costs run away. */
const MAX_SIDE = 2048;
/** Longest text (characters) where a model's schema names no bound. */
const MAX_TEXT = 10_000;
const COUNTS = ["num_outputs", "num_images", "number_of_images"];

/**
 * Checks `input` against the version's own schema, and what the schema leaves open: sides, lengths of text, files.
 * Throws `invalid_input` with Replicate's field names (`input.width`). A schema that cannot be read checks nothing.
 */
export function checkInput(document: OpenApiSchema | null, input: Input): void {
  const problems = [...schemaProblems(document, input), ...blankPrompt(input)];
  if (problems.length > 0) {
    throw new AppError("invalid_input", problems.map((problem) => problem.description).join(" "), {
      invalidFields: problems,
    });
  }
}

/** The names of the inputs that are files. */
export function fileFields(document: OpenApiSchema | null): string[] {
  return document
    ? fieldsOf(document)
        .filter((field) => field.kind === "file")
        .map((field) => field.name)
    : [];
}

/** How many images this input asks for, for the daily limits. */
export function imageCount(input: Input): number {
  const asked = COUNTS.map((name) => input[name]).find((value) => typeof value === "number");
  return typeof asked === "number" ? Math.max(1, Math.floor(asked)) : 1;
}

function schemaProblems(document: OpenApiSchema | null, input: Input): InvalidField[] {
  const schema = document && toZod(document);
  if (!schema) return [];
  return (schema.safeParse(input, { reportInput: true }).error?.issues ?? []).flatMap(invalidFields);
}

/** Zod reads `#/$defs/`, where Replicate writes `#/components/schemas/`. Null: the schema makes no sense. */
function toZod(document: OpenApiSchema): z.ZodType | null {
  try {
    const { Input: shape, ...definitions } = z
      .record(z.string(), z.record(z.string(), z.unknown()))
      .parse(JSON.parse(JSON.stringify(document.components.schemas).replaceAll("#/components/schemas/", "#/$defs/")));
    const properties = z.record(z.string(), z.record(z.string(), z.unknown())).parse(shape?.["properties"] ?? {});
    for (const [name, property] of Object.entries(properties)) Object.assign(property, openBounds(name, property));
    return z.fromJSONSchema({ ...shape, type: "object", properties, additionalProperties: false, $defs: definitions });
  } catch {
    return null;
  }
}

function openBounds(name: string, property: Record<string, unknown>) {
  if (property["type"] === "string" && property["format"] === "uri") return { format: undefined, pattern: OWN_IMAGE };
  if (property["type"] === "string") return { maxLength: property["maxLength"] ?? MAX_TEXT };
  if (name === "width" || name === "height") {
    return { minimum: property["minimum"] ?? 64, maximum: property["maximum"] ?? MAX_SIDE };
  }
  return {};
}

/** Space and characters without width are no prompt. */
function blankPrompt(input: Input): InvalidField[] {
  const { prompt } = input;
  if (typeof prompt !== "string" || /[^\s\p{Cf}]/u.test(prompt)) return [];
  return [{ field: "input.prompt", description: "Describe the picture first.", type: "required" }];
}

function invalidFields(issue: z.core.$ZodIssue): InvalidField[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: "input",
      description: `Additional property ${key} is not allowed`,
      type: "additional_property_not_allowed",
    }));
  }
  const [name] = issue.path;
  const isMissing = issue.code === "invalid_type" && issue.input === undefined && name !== undefined;
  return isMissing
    ? [{ field: "input", description: `${String(name)} is required`, type: "required" }]
    : [
        {
          field: ["input", ...issue.path].join("."),
          description: `${String(name ?? "input")}: ${issue.message}`,
          type: issue.code,
        },
      ];
}
