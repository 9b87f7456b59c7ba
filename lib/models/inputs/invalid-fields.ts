import type { z } from "zod";
import type { InvalidField } from "@/lib/errors";
import { ADDRESS_EXAMPLES, ADDRESSES } from "./lora-addresses";

/**
 * Converts an issue that zod has found to errors in plain words. The names of the fields are those in Replicate's own errors.
 * Returns an empty list if zod has rejected a text that is not too long (see `isShortEnough`).
 */
export function toInvalidFields(issue: z.core.$ZodIssue): InvalidField[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: "input",
      description: `Additional property ${key} is not allowed`,
      type: "additional_property_not_allowed",
    }));
  }
  if (isShortEnough(issue)) return [];
  const name = String(issue.path[0] ?? "input");
  if (issue.input === undefined && issue.path.length === 1) {
    return [{ field: "input", description: `${name} is required`, type: "required" }];
  }
  return [
    { field: ["input", ...issue.path].join("."), description: `${name} ${describeRule(issue)}`, type: issue.code },
  ];
}

const EXPECTED: Record<string, string> = {
  string: "text",
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/**
 * Whether a text is short enough although zod rejects it. A limit in JSON Schema counts characters. But zod counts UTF-16 units,
 * and an emoji has two of them.
 */
function isShortEnough(issue: z.core.$ZodIssue): boolean {
  if (issue.code !== "too_big" || typeof issue.input !== "string") return false;
  return Array.from(issue.input).length <= issue.maximum;
}

const UNITS: Record<string, string> = { string: " characters", array: " entries" };

function describeRule(issue: z.core.$ZodIssue): string {
  const unit = "origin" in issue ? (UNITS[issue.origin] ?? "") : "";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${EXPECTED[issue.expected] ?? issue.expected}`;
    case "too_big":
      return `must be ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unit}`;
    case "too_small":
      return `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unit}`;
    case "invalid_value":
      return `must be one of: ${describeOptions(issue.values.map(String))}`;
    case "invalid_format":
      return issue.pattern?.includes(ADDRESSES)
        ? `must be an address, such as ${ADDRESS_EXAMPLES}`
        : "must be one of your own files";
    default:
      return "is not valid for this model";
  }
}

/** The largest number of options that a message lists. */
const MAX_OPTIONS = 30;

function describeOptions(options: string[]): string {
  const more = options.length - MAX_OPTIONS;
  return options.slice(0, MAX_OPTIONS).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
