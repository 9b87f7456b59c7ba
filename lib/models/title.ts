import { modelNameOf } from "./ref";

/** The titles of the featured models. */
const titles = new Map([
  ["stability-ai/sdxl", "Stable Diffusion XL"],
  ["black-forest-labs/flux-schnell", "FLUX.1 schnell"],
  ["nightmareai/real-esrgan", "Real-ESRGAN"],
  ["cjwbw/rembg", "Rembg"],
  ["tencentarc/gfpgan", "GFPGAN"],
]);

/**
 * Returns the title of a model (`owner/name`, or with a version). A featured model has a title of ours; for any other model,
 * the title is its name without the owner.
 */
export function modelTitle(model: string): string {
  const name = modelNameOf(model);
  return titles.get(name) ?? name.slice(name.indexOf("/") + 1);
}

/** Returns titles for the models of one list. If two titles are equal, the owner is added to both. */
export function modelTitles(models: string[]): { model: string; title: string }[] {
  const all = models.map((model) => ({ model, title: modelTitle(model) }));
  return all.map(({ model, title }) => {
    const isUnique = all.filter((other) => other.title === title).length === 1;
    return { model, title: isUnique ? title : `${title} (${model.split("/")[0]})` };
  });
}
