import type { ModelChoice } from "@/components/generate/composer/model-select";
import { listEnabledModels } from "@/lib/models/allowed-models";
import { addOwners } from "@/lib/models/catalog";
import { tasks } from "@/lib/models/tasks";

/** Returns the featured models, and the model of the form if it is not one of them. */
export function listModelChoices({ ref, title }: { ref: string; title: string }): ModelChoice[] {
  const choices = listEnabledModels().map((entry) => ({
    id: entry.id,
    title: entry.title,
    group: tasks[entry.task].title,
    isMaker: entry.task === "image",
  }));
  if (choices.some(({ id }) => id === ref)) return choices;
  return addOwners([{ id: ref, title, group: null, isMaker: false }, ...choices]);
}
