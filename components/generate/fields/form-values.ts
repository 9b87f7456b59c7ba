import type { Field } from "@/lib/models/fields";
import type { Values } from "@/components/jobs/job";
import { countNames } from "@/components/media/aspect-ratio";
import { pathsIn } from "./media-choice";
import { shapesOf } from "./aspect-ratios";

/** The name of a setting's control: prefixed, because a model may call a setting "model" or "key". */
export function controlName(field: Pick<Field, "name">) {
  return `input.${field.name}`;
}

/**
 * A model's input from the composer's form. The same for the server action and for the browser.
 * Settings left empty or at the model's default are not sent, so that what is kept shows what was chosen.
 */
export function readForm(data: FormData, fields: Field[]): Values {
  const shape = shapesOf(fields).find(({ value }) => value === data.get("shape"));
  const typed: Values = {};
  for (const field of fields) {
    const value = readField(data, field);
    const isKept = value !== field.default || alwaysSent.includes(field.name);
    if (value !== undefined && isKept) typed[field.name] = value;
  }
  // A width typed by hand goes before the width that the shape means.
  return { ...shape?.settings, ...typed };
}

// The card of an image that is not there yet is drawn from these.
const alwaysSent = ["prompt", "width", "height", "aspect_ratio", ...countNames];

function readField(data: FormData, field: Field): unknown {
  const text = data.get(controlName(field));
  if (field.kind === "boolean") return text !== null || (field.default === undefined ? undefined : false);
  if (field.kind === "files") return text === null ? undefined : pathsIn(data.getAll(controlName(field)));
  if (typeof text !== "string") return undefined;
  if (text.trim() === "") return field.name !== "prompt" && isText(field) && field.default ? "" : undefined;
  switch (field.kind) {
    case "integer":
    case "number":
    case "seed":
      // What is not a number goes on as it is: the server names the field that is wrong.
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case "select":
      return field.options?.find((option) => String(option) === text) ?? text;
    case "json":
      return parseJson(text);
    case "text":
    case "longtext":
    case "file":
      return text;
  }
}

function isText(field: Field) {
  return field.kind === "text" || field.kind === "longtext";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
