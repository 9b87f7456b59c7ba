import type { Values } from "@/components/jobs/job";
import type { Field } from "@/lib/models/inputs/fields";
import { aspectRatiosOf } from "./aspect-ratios";
import { controlName, isList, toText } from "./form-values";
import { pathsIn } from "./media-choice";

/**
 * Reads a model's input from the composer's form, on the server or in the browser. Leaves out secrets, and settings that are
 * empty or have their default value, so that a saved input shows what the user chose. There are two exceptions. Settings in
 * `alwaysSent` and numbers of images are kept even with their default value. A text or list with a default is kept even if the
 * user has emptied it.
 */
export function readForm(data: FormData, fields: Field[]): Values {
  const ratio = aspectRatiosOf(fields).find(({ value }) => value === data.get("aspect_ratio"));
  const chosen: Values = {};
  for (const field of fields) {
    const value = readField(data, field);
    const isSent = alwaysSent.includes(field.name) || field.isCount || !isEqual(value, field.default);
    if (value !== undefined && isSent) chosen[field.name] = value;
  }
  // A width entered by hand replaces the width of the aspect ratio.
  return { ...ratio?.settings, ...chosen };
}

// These settings are sent even with their default values, because the card of a running prediction reads them.
const alwaysSent = ["prompt", "width", "height", "aspect_ratio"];

function isEqual(value: unknown, other: unknown) {
  return JSON.stringify(value) === JSON.stringify(other);
}

/** Reads the secrets from the composer's form. They are sent with the request, and never saved. */
export function readSecrets(data: FormData, fields: Field[]): Values {
  const secrets: Values = {};
  for (const field of fields) {
    const text = field.kind === "secret" && data.get(controlName(field));
    if (typeof text !== "string" || !text.trim()) continue;
    secrets[field.name] = field.isList ? text.trim().split(/\s+/) : text.trim();
  }
  return secrets;
}

function readField(data: FormData, { name, kind, options, default: fallback }: Field): unknown {
  const all = data.getAll(controlName({ name }));
  const [first] = all;
  if (kind === "boolean") return first !== undefined || (fallback === undefined ? undefined : false);
  if (kind === "files") return first === undefined ? undefined : pathsIn(all);
  if (kind === "secret" || typeof first !== "string") return undefined;
  // Without JavaScript, the browser sends line ends as "\r\n".
  const text = first.replaceAll("\r", "");
  if (text.trim() === "") {
    if (name === "prompt") return undefined;
    // An empty text is a valid value if it is the default, or one of the options.
    if (text === fallback || (fallback !== undefined && options?.includes(text))) return text;
    if (isList(kind)) return fallback && [];
    return /text/.test(kind) && toText(fallback).trim() ? "" : undefined;
  }
  const toOption = (word: string) => options?.find((option) => String(option) === word) ?? word;
  switch (kind) {
    case "integer":
    case "number":
    case "seed":
      return toNumber(text);
    case "numbers":
      return linesOf(text).map(toNumber);
    case "texts":
    case "choices":
      return linesOf(text).map(toOption);
    case "json":
      return parseJson(text);
    default:
      return toOption(text);
  }
}

/** Returns the entries of a list: each line of the text is an entry. Empty lines are left out. */
export function linesOf(text: string) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/**
 * Converts a text to a number. A text that is not a number is sent unchanged, because the server's error then names the field.
 */
function toNumber(text: string) {
  return Number.isFinite(Number(text)) ? Number(text) : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
