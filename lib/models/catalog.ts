// Browser code must not import this file, because the browser would have to load the whole list of models. The pages send only
// the titles of the models to the browser (see components/jobs/model-titles.tsx).
import "server-only";
import { z } from "zod";
import list from "./catalog.json";
import { modelNameOf } from "./ref";
import { type Task, tasks } from "./tasks";

const FeaturedModel = z.strictObject({
  /** The name at Replicate: `owner/name`. */
  id: z.string(),
  /** The version that runs by default. Null: the newest version. */
  version: z.string().length(64).nullable().default(null),
  title: z.string(),
  task: z.custom<Task>((name) => typeof name === "string" && Object.hasOwn(tasks, name)),
  description: z.string(),
  takes: z.array(z.enum(["text", "image", "audio", "video"])),
  /**
   * The tool that runs this model. If several models have the same tool, the tool runs the first of them that is offered here. A
   * prediction of this model also gets the tool if the user runs the model on Generate. The description of an image without a
   * prompt then begins with a word for the tool, such as "Cut out" (see components/media/describe.ts). Only a tool with an entry
   * in components/jobs/tools.ts has a button.
   */
  tool: z.enum(["upscale", "remove-background", "restore"]).nullable().default(null),
  /**
   * Whether a run with the default settings may cost more than `MAX_FEATURED_RUN_USD`. Such a model is offered only if
   * `ALLOWED_MODELS` contains it or `*`, or if it is the default model.
   */
  isExpensive: z.boolean().default(false),
});
export type FeaturedModel = z.infer<typeof FeaturedModel>;

/** The featured models. To add one, add it to catalog.json, and its price to prices/price-list.json. */
export const featuredModels = z.object({ models: z.array(FeaturedModel) }).parse(list).models;

/**
 * Returns a featured model by its name (`owner/name`, in upper or lower case). Returns undefined if the model is not featured.
 */
export function findFeatured(model: string): FeaturedModel | undefined {
  return featuredModels.find(({ id }) => id === model.toLowerCase());
}

/**
 * Returns the title of a model. `model` is `owner/name`, with or without a version. The title of a featured model is in the
 * catalog. The title of any other model is its name without the owner.
 */
export function modelTitle(model: string): string {
  const name = modelNameOf(model);
  return findFeatured(name)?.title ?? name.slice(name.indexOf("/") + 1);
}

/**
 * Returns a title for each model of a list. If several models have the same title, each of these titles gets the name of the
 * model's owner.
 */
export function modelTitles(models: string[]): { model: string; title: string }[] {
  const titles = addOwners(models.map((model) => ({ id: model, title: modelTitle(model) })));
  return titles.map(({ id, title }) => ({ model: id, title }));
}

/** Returns the entries of a list. If several entries have the same title, each of these titles gets the name of the owner. */
export function addOwners<Entry extends { id: string; title: string }>(entries: Entry[]): Entry[] {
  const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return entries.map((entry) => {
    const isUnique = entries.filter(({ title }) => isSame(title, entry.title)).length === 1;
    return isUnique ? entry : { ...entry, title: `${entry.title} (${entry.id.split("/")[0]})` };
  });
}
