import type { Field } from "@/lib/models/inputs/fields";
import type { Values } from "@/components/jobs/job";
import { readStoredJson, writeStored } from "@/components/ui/local-storage";
import { modelNameOf } from "@/lib/models/ref";

/** The form of a model. `owner` is the user for whom the page was loaded. */
export type ModelForm = {
  owner: string;
  /** `owner/name`, or `owner/name:version` for any version that is not the model's default. */
  model: string;
  /** The version that the fields belong to; null for the newest version of an official model. */
  version: string | null;
  fields: Field[];
};

// All models share these settings. All other settings are saved separately for each model.
const shared = ["prompt", "negative_prompt"];

/**
 * Returns the last values of this user in the composer. Returns null if there are none. If `isOtherVersion` is true, the settings
 * were saved for another version of the model, so this version may not accept them.
 */
export function loadDraft({ owner, model, version }: Omit<ModelForm, "fields">) {
  const [prompts, settings] = [read(sharedKey(owner)), read(settingsKey(owner, modelNameOf(model)))];
  if (!prompts && !settings) return null;
  const { [versionKey]: savedFor = null, ...saved } = settings ?? {};
  return { prompts, settings: saved, isOtherVersion: savedFor !== version };
}

/** Saves the values of the composer. `model` is a name without a version. `version` is the version that the values belong to. */
export function saveDraft(owner: string, model: string, version: string | null, values: Values) {
  const entries = Object.entries(values);
  write(sharedKey(owner), Object.fromEntries(entries.filter(([name]) => shared.includes(name))));
  const settings = Object.fromEntries(entries.filter(([name]) => !shared.includes(name)));
  write(settingsKey(owner, model), { ...settings, [versionKey]: version });
}

// The key under which the version is stored beside the settings. Because of the colon, it differs from the name of every setting.
const versionKey = ":version";
const sharedKey = (owner: string) => `draft:${owner}`;
const settingsKey = (owner: string, model: string) => `draft:${owner}:${model}`;

function read(key: string): Values | null {
  const value = readStoredJson(key);
  return typeof value === "object" && value !== null ? { ...value } : null;
}

function write(key: string, values: Values) {
  writeStored(key, JSON.stringify(values));
}
