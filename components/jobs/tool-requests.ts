import type { MediaItem } from "@/components/media/item";
import type { Request, Values } from "./job";

/** The same once more, with a new seed. */
export function variationOf({ model, input }: Pick<MediaItem, "model" | "input">): Request {
  return { model, input: withoutSeed(input) };
}

/** Upscaling makes an image this many times as wide and high. */
export const upscaleBy = 2;

/**
 * A kept image, made twice as large by `model`. The models' own default is four times, which makes of an ordinary
 * image a PNG of more than the 25 MB that can be kept.
 */
export function upscalingOf(id: string, model: string): Request {
  return { model, input: { image: `/api/media/${id}`, scale: upscaleBy }, tool: "upscale", parent: id };
}

export function withoutSeed({ seed: _seed, ...settings }: Values): Values {
  return settings;
}
