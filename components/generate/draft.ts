import type { Values } from "./read-form";

// The words are for any model; the other settings mean something else from model to model.
const words = ["prompt", "negative_prompt"];

/** What was last in the composer for this person and model; null when nothing was. */
export function loadDraft(owner: string, model: string): Values | null {
  const [text, settings] = [read(wordsKey(owner)), read(settingsKey(owner, model))];
  return text || settings ? { ...settings, ...text } : null;
}

export function saveDraft(owner: string, model: string, values: Values) {
  const entries = Object.entries(values);
  write(wordsKey(owner), Object.fromEntries(entries.filter(([name]) => words.includes(name))));
  write(settingsKey(owner, model), Object.fromEntries(entries.filter(([name]) => !words.includes(name))));
}

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
