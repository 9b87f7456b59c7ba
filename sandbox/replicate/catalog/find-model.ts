import type { State } from "../state/saved-state.ts";
import type { Model, Version } from "./model.ts";
import { privateModels } from "./private-models.ts";
import { publishedModels } from "./published-models.ts";

const builtIn = [...publishedModels, ...privateModels];

/** Returns all models: those created in the sandbox, then the published models, then the private ones. */
export function listModels(state: State): Model[] {
  return [...state.models.list(), ...builtIn];
}

export function findModel(state: State, id: string): Model | null {
  return state.models.get(id) ?? builtIn.find((model) => model.id === id) ?? null;
}

/** Finds a version by its id of 64 hex digits, by `owner/name:id`, or by `owner/name` if the model can run by name. */
export function findVersion(state: State, reference: string): { model: Model; version: Version } | null {
  const [name = "", id = name] = reference.split(":");
  if (name.includes("/")) {
    const model = findModel(state, name);
    const version = model?.versions.find((item) => (reference.includes(":") ? item.id === id : model.runs_by_name));
    return model && version ? { model, version } : null;
  }
  for (const model of listModels(state)) {
    const version = model.versions.find((item) => item.id === id);
    if (version) return { model, version };
  }
  return null;
}
