import { type LucideIcon, Maximize2, Shuffle } from "lucide-react";
import { isRaster } from "@/components/media/files/file-facts";
import type { MediaItem } from "@/components/media/media-item";
import { withoutSeeds } from "@/lib/models/inputs/seeds";
import type { GenerateRequest } from "./job";
import { useToolModels } from "./tool-models";

/** A tool generates a new image from an image, in one click. */
export type Tool = {
  id: string;
  label: string;
  /** The tooltip of a button that shows only the icon. */
  hint: string;
  Icon: LucideIcon;
  /** Whether the tool is offered for an image. */
  appliesTo: (item: MediaItem) => boolean;
  /** Explains why the tool cannot be used on an image; null when it can. */
  whyNot?: (item: MediaItem) => string | null;
  request: (item: MediaItem) => GenerateRequest;
};

type ToolEntry = Omit<Tool, "request"> & {
  /**
   * True if the tool runs the model that generated the image. Any other tool runs the model that `useToolModels` returns for it.
   */
  runsModelOfImage?: true;
  request: (item: MediaItem, model: string) => GenerateRequest;
};

/**
 * To add a tool, add an entry to this list. Unless it has `runsModelOfImage`, the tool runs a featured model. Then also set the
 * field `tool` of a model in lib/models/catalog.json to the id of the entry, and add this id to the enum `tool` in
 * lib/models/catalog.ts.
 */
const entries: ToolEntry[] = [
  {
    id: "vary",
    label: "Vary",
    hint: "Vary: run again with a new seed",
    Icon: Shuffle,
    runsModelOfImage: true,
    // Without a prompt, a model generates the same image for every seed. So there is nothing to vary.
    appliesTo: (item) => isRaster(item) && item.prompt !== "",
    request: ({ input }, model) => ({ model, input: withoutSeeds(input) }),
  },
  {
    id: "upscale",
    label: "Upscale",
    hint: "Upscale",
    Icon: Maximize2,
    // An image without a known size is not saved yet, or cannot be decoded.
    appliesTo: (item) => isRaster(item) && item.width !== null,
    whyNot({ width, height }) {
      if (!width || !height || largestScale(width, height) >= upscaleBy) return null;
      return `Too large to upscale: a result of ${width * upscaleBy} × ${height * upscaleBy} pixels could not be saved.`;
    },
    request: (item, model) => workOn(item, model, "upscale", { scale: upscaleBy }),
  },
];

/** The scale of the tool Upscale. Models use 4 by default: the result of an image of 1536 × 1536 px is then too large to save. */
const upscaleBy = 2;

/**
 * The largest result that is allowed (pixels). A detailed PNG has about 1.6 bytes per pixel. So a PNG of this size has about 48
 * MB. This is less than the default of MAX_FILE_MB.
 */
const maxPixels = 30_000_000;

/** Returns the largest scale at which the result can still be saved, rounded down to tenths. */
export function largestScale(width: number, height: number) {
  return Math.floor(10 * Math.sqrt(maxPixels / (width * height))) / 10;
}

/** Returns the tools that this installation offers for an image. `problem` explains why a tool cannot be used. */
export function useToolsFor(item: MediaItem): { tool: Tool; problem: string | null }[] {
  const models = useToolModels();
  return entries
    .filter((entry) => (entry.runsModelOfImage || models[entry.id]) && entry.appliesTo(item))
    .map((entry) => ({
      tool: { ...entry, request: (image) => entry.request(image, models[entry.id] ?? image.model) },
      problem: entry.whyNot?.(item) ?? null,
    }));
}

/** Returns a request with a saved image as the input of a model. */
function workOn({ id }: MediaItem, model: string, tool: string, settings: Record<string, unknown>): GenerateRequest {
  return { model, input: { image: `/api/media/${id}`, ...settings }, tool, ...(id && { parent: id }) };
}
