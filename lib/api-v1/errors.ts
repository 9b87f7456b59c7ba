import type { AppError, InvalidField } from "@/lib/errors";

/** The body of an error in Replicate's API. Undefined fields are left out. */
type ReplicateErrorBody = {
  title?: string;
  detail: string;
  status: number;
  retry_after?: number | undefined;
  invalid_fields?: InvalidField[];
};

/**
 * The status of our response when a daily limit or the storage is used up. It is not 429, because Replicate's official client
 * repeats a request after a 429, but not after a 402. Replicate itself responds with 402 when an account has no credit.
 */
const USED_UP = 402;
const UNKNOWN_VERSION = "The specified version does not exist (or perhaps you don't have permission to use it?)";

/** Converts an error to the body of a response. The fields and their order are those of Replicate's API. */
export function toReplicateError(error: AppError): ReplicateErrorBody {
  const { code, message, status, retryAfter } = error;
  switch (code) {
    case "unauthenticated":
      return { title: "Unauthenticated", detail: message, status };
    case "not_found":
      return { detail: "The requested resource could not be found.", status };
    case "quota_exceeded":
    case "budget_exceeded":
      return { title: "Insufficient credit", detail: message, status: USED_UP };
    case "storage_limit":
      return { title: "Insufficient storage", detail: message, status: USED_UP };
    case "unknown_model":
      return { title: "Invalid version or not permitted", detail: `${UNKNOWN_VERSION} ${message}`, status };
    case "model_not_allowed":
      return { title: "Invalid version or not permitted", detail: message, status };
    case "invalid_input":
      return invalidInput(error);
    default:
      return { detail: message, status, retry_after: retryAfter };
  }
}

/**
 * Returns the body for an invalid input. As in Replicate's API, the body contains the invalid fields twice: as text in
 * `detail`, one field per line, and as objects in `invalid_fields`.
 */
function invalidInput({ message, status, invalidFields = [] }: AppError) {
  const fields = invalidFields.map(toReplicateField);
  const lines = fields.map(({ field, description }) => `- ${field && `${field}: `}${description}\n`);
  const detail = lines.join("") || message;
  return { detail, status, title: "Input validation failed", ...(fields.length > 0 && { invalid_fields: fields }) };
}

/**
 * For the `type` of an invalid field: Replicate's name of this type. A type that is not listed here has the same name at
 * Replicate.
 */
const TYPES: Record<string, string> = { invalid_value: "enum", too_big: "number_lte", too_small: "number_gte" };

/**
 * Converts an invalid field to Replicate's format, with the keys in Replicate's order. If the field must have one of several
 * values, the description is also changed to Replicate's wording.
 */
function toReplicateField({ type, field, description }: InvalidField): InvalidField {
  const [, name, options] = (type === "invalid_value" && /^(\S+) must be one of: (.*)$/.exec(description)) || [];
  const quoted = options?.split(", ").map((option) => JSON.stringify(option));
  return {
    type: TYPES[type] ?? type,
    field,
    description: quoted ? `${name} must be one of the following: ${quoted.join(", ")}` : description,
  };
}
