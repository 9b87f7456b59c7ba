/** What the models that Darkroom offers are called. */
export const titles = {
  "stability-ai/sdxl": "Stable Diffusion XL",
  "black-forest-labs/flux-schnell": "FLUX.1 schnell",
  "nightmareai/real-esrgan": "Real-ESRGAN",
  "cjwbw/rembg": "Rembg",
  "tencentarc/gfpgan": "GFPGAN",
} as const;

/**
 * The one name under which people read a model (`owner/name`, with a version maybe): our own title, else the name without
 * its owner.
 */
export function titleOf(model: string): string {
  const [name = model] = model.split(":");
  const [, title] = Object.entries(titles).find(([id]) => id === name) ?? [];
  return title ?? name.slice(name.indexOf("/") + 1);
}

/** The same for several models that stand in one list: those whose titles are alike are told apart by their owners. */
export function titlesOf(models: string[]): { model: string; title: string }[] {
  const all = models.map((model) => ({ model, title: titleOf(model) }));
  return all.map(({ model, title }) => {
    const isAlone = all.filter((other) => other.title === title).length === 1;
    return { model, title: isAlone ? title : `${title} (${model.split("/")[0]})` };
  });
}
