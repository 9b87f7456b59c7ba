import type { Field } from "@/lib/models/fields";
import type { Values } from "./job";
import { nameOf } from "./model-name";

/** The form of a model, as one user sees it. */
export type ModelForm = {
  owner: string;
  /** `owner/name`, with `:version` when it is not the version that the name alone stands for. */
  model: string;
  /** The version that the fields belong to; null: the newest of an official model. */
  version: string | null;
  fields: Field[];
};

/** The values that a form can show, and the names of the others. */
export type CompatibleValues = { values: Values; omitted: string[] };

// The prompt is shared by all models; the other settings differ from model to model.
const shared = ["prompt", "negative_prompt"];

/** What this user last had in the composer; null: nothing. Settings made for another version are filtered. */
export function loadDraft({ owner, model, version, fields }: ModelForm): CompatibleValues | null {
  const [prompts, settings] = [read(sharedKey(owner)), read(settingsKey(owner, nameOf(model)))];
  if (!prompts && !settings) return null;
  const { [versionKey]: savedFor = null, ...saved } = settings ?? {};
  const { values, omitted } =
    savedFor === version ? { values: saved, omitted: [] } : filterCompatibleValues(saved, fields);
  return { values: { ...values, ...prompts }, omitted };
}

/** `model` is a name without a version; `version` the one that the values were made for. */
export function saveDraft(owner: string, model: string, version: string | null, values: Values) {
  const entries = Object.entries(values);
  write(sharedKey(owner), Object.fromEntries(entries.filter(([name]) => shared.includes(name))));
  const settings = Object.fromEntries(entries.filter(([name]) => !shared.includes(name)));
  write(settingsKey(owner, model), { ...settings, [versionKey]: version });
}

/** Keeps the values that these fields accept, for example after the version has changed. */
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

// Cannot be the name of an input.
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
    // Storage is full or switched off: the draft lasts as long as the page.
  }
}
