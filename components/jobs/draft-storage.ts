import type { Field } from "@/lib/models/fields";
import type { Values } from "./job";
import { modelNameOf } from "@/lib/models/ref";

/** The form of a model for one user. */
export type ModelForm = {
  owner: string;
  /** `owner/name`, or `owner/name:version` for any version that is not the model's default. */
  model: string;
  /** The version that the fields belong to; null for the newest version of an official model. */
  version: string | null;
  fields: Field[];
};

/** The values that a form accepts, and the names of all other values. */
type CompatibleValues = { values: Values; omitted: string[] };

// The prompts are shared by all models. Other settings are saved for each model.
const shared = ["prompt", "negative_prompt"];

/**
 * Returns the last values of this user in the composer, or null. Settings that were saved for another version are returned only
 * if this version accepts them; `omitted` names the rest.
 */
export function loadDraft({ owner, model, version, fields }: ModelForm): CompatibleValues | null {
  const [prompts, settings] = [read(sharedKey(owner)), read(settingsKey(owner, modelNameOf(model)))];
  if (!prompts && !settings) return null;
  const { [versionKey]: savedFor = null, ...saved } = settings ?? {};
  const { values, omitted } =
    savedFor === version ? { values: saved, omitted: [] } : filterCompatibleValues(saved, fields);
  return { values: { ...values, ...prompts }, omitted };
}

/** `model` is a name without a version. `version` is the version that the values belong to. */
export function saveDraft(owner: string, model: string, version: string | null, values: Values) {
  const entries = Object.entries(values);
  write(sharedKey(owner), Object.fromEntries(entries.filter(([name]) => shared.includes(name))));
  const settings = Object.fromEntries(entries.filter(([name]) => !shared.includes(name)));
  write(settingsKey(owner, model), { ...settings, [versionKey]: version });
}

/** Separates the values that these fields accept from the others, for example after the version has changed. */
export function filterCompatibleValues(values: Values, fields: Field[]): CompatibleValues {
  const entries = Object.entries(values);
  const fits = ([name, value]: [string, unknown]) =>
    fields.some((field) => field.name === name && accepts(field, value));
  return {
    values: Object.fromEntries(entries.filter(fits)),
    omitted: entries.filter((entry) => !fits(entry)).map(([name]) => name),
  };
}

function accepts({ kind, options, min = -Infinity, max = Infinity }: Field, value: unknown) {
  if (kind === "json") return true;
  if (kind === "boolean") return typeof value === "boolean";
  if (kind === "select") return options?.some((option) => option === value) ?? false;
  if (kind === "files") return Array.isArray(value) && value.every((path) => typeof path === "string");
  if (kind === "text" || kind === "longtext" || kind === "file") return typeof value === "string";
  return typeof value === "number" && value >= min && value <= max && (kind === "number" || Number.isInteger(value));
}

// The colon makes sure that no input has this name.
const versionKey = ":version";
const sharedKey = (owner: string) => `draft:${owner}`;
const settingsKey = (owner: string, model: string) => `draft:${owner}:${model}`;

function read(key: string): Values | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function write(key: string, values: Values) {
  try {
    localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // Local storage is full or not available, so the draft is lost when the page closes.
  }
}
