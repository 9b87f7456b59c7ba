import { type LucideIcon, Maximize2, Shuffle } from "lucide-react";
import type { MediaItem } from "@/components/media/media-item";
import { type GenerateRequest, withoutSeed } from "./job";
import { useToolModels } from "./tool-models";

/** Makes a new image from an image, in one click. */
export type Tool = {
  id: string;
  label: string;
  /** What it does, for a button without words. */
  hint: string;
  Icon: LucideIcon;
  /** Whether it is offered for an image. */
  appliesTo: (item: MediaItem) => boolean;
  /** Why an image cannot be used, in words; null when it can. */
  whyNot?: (item: MediaItem) => string | null;
  request: (item: MediaItem) => GenerateRequest;
};

type ToolEntry = Omit<Tool, "request"> & {
  /** It runs the model that made the image, instead of the catalog's model for this tool. */
  runsOwnModel?: true;
  request: (item: MediaItem, model: string) => GenerateRequest;
};

/** To add a tool, add an entry here, and to `lib/models/catalog.ts` a model whose `tool` is the id of the entry. */
const entries: ToolEntry[] = [
  {
    id: "vary",
    label: "Vary",
    hint: "Vary: run again with a new seed",
    Icon: Shuffle,
    runsOwnModel: true,
    // From a prompt, a model makes another image each time.
    appliesTo: ({ prompt }) => prompt !== "",
    request: ({ input }, model) => ({ model, input: withoutSeed(input) }),
  },
  {
    id: "upscale",
    label: "Upscale",
    hint: "Upscale",
    Icon: Maximize2,
    appliesTo: ({ id }) => id !== null,
    whyNot({ width, height }) {
      if (!width || !height || largestScale(width, height) >= upscaleBy) return null;
      return `Too large to upscale: with ${width * upscaleBy} × ${height * upscaleBy} pixels it could not be saved.`;
    },
    request: (item, model) => workOn(item, model, "upscale", { scale: upscaleBy }),
  },
];

/** The models' own default is 4, which makes a PNG of more than the 25 MB that can be saved from an ordinary image. */
const upscaleBy = 2;

/** How many pixels can always be saved: at most 25 MB are, and a detailed PNG takes about 1.6 bytes a pixel. */
const maxPixels = 16_000_000;

/** How many times as wide and high an image can become and still be saved, in tenths. */
export function largestScale(width: number, height: number) {
  return Math.floor(10 * Math.sqrt(maxPixels / (width * height))) / 10;
}

/** The tools that this installation offers for an image. `problem` says why one of them cannot be used. */
export function useToolsFor(item: MediaItem): { tool: Tool; problem: string | null }[] {
  const models = useToolModels();
  return entries
    .filter((entry) => (entry.runsOwnModel || models[entry.id]) && entry.appliesTo(item))
    .map((entry) => ({
      tool: { ...entry, request: (image) => entry.request(image, models[entry.id] ?? image.model) },
      problem: entry.whyNot?.(item) ?? null,
    }));
}

/** A request that gives a saved image to a model as its input. */
function workOn({ id }: MediaItem, model: string, tool: string, settings: Record<string, unknown>): GenerateRequest {
  return { model, input: { image: `/api/media/${id}`, ...settings }, tool, ...(id && { parent: id }) };
}
