import { type Kept, filterCompatibleValues } from "./filter-compatible-values";
import { nameOf } from "@/components/jobs/model-ref";
import type { Values } from "@/components/generate/fields/form-values";
import type { ComposerModel } from "./use-composer";

// The words are for any model; the other settings mean something else from model to model.
const words = ["prompt", "negative_prompt"];

/**
 * What was last in the composer for this person and model; null when nothing was. Of what was for another version, the
 * settings that this one takes too; `left` are the others.
 */
export function loadDraft({ owner, model, version, fields }: ComposerModel): Kept | null {
  const [text, settings] = [read(wordsKey(owner)), read(settingsKey(owner, nameOf(model)))];
  if (!text && !settings) return null;
  const { [versionKey]: of = null, ...values } = settings ?? {};
  const { values: fitting, left } = of === version ? { values, left: [] } : filterCompatibleValues(values, fields);
  return { values: { ...fitting, ...text }, left };
}

/** `model` is a name without a version; `version` the one that the values were made for. */
export function saveDraft(owner: string, model: string, version: string | null, values: Values) {
  const entries = Object.entries(values);
  write(wordsKey(owner), Object.fromEntries(entries.filter(([name]) => words.includes(name))));
  const settings = Object.fromEntries(entries.filter(([name]) => !words.includes(name)));
  write(settingsKey(owner, model), { ...settings, [versionKey]: version });
}

// No input is called so.
const versionKey = ":version";
const wordsKey = (owner: string) => `draft:${owner}`;
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
    // Storage is full or switched off: the draft then lives as long as the page.
  }
}
