import { z } from "zod";
import type { OpenApiSchema } from "@/lib/replicate/schema";
import { getFields } from "./inputs/fields";
import type { MediaKinds, ModelFilter, Takes } from "./listing";
import { type Takes as Taken, whatItMakes, whatItTakes } from "./inputs/takes-and-makes";

const Filter = z.object({
  makes: z.enum(["image", "video", "audio", "text", "3d"]).optional().catch(undefined),
  takes: z.enum(["image", "video", "audio"]).optional().catch(undefined),
});

/** Returns the filter in the query of a URL. Invalid values are ignored. */
export function parseModelFilter(query: Record<string, unknown>): ModelFilter {
  return Filter.parse(query);
}

/**
 * Whether a model passes the filter. `kinds` is null if we do not know what the model takes and makes. Such a model passes only
 * an empty filter.
 */
export function passesFilter({ makes, takes }: ModelFilter, kinds: MediaKinds | null): boolean {
  return (!makes || kinds?.makes === makes) && (!takes || kinds?.takes.includes(takes) === true);
}

const ORDER: Takes[] = ["text", "image", "video", "audio"];
const MESH = /mesh|\b3d\b|\bglb\b|model file|gaussian/i;

/** Returns what a version takes and makes, according to its OpenAPI document. */
export function mediaKinds(document: OpenApiSchema): MediaKinds {
  const taken = whatItTakes(getFields(document)).map(toMediaKind);
  const makes = whatItMakes(document);
  return {
    takes: ORDER.filter((kind) => taken.includes(kind)),
    makes: makes === "other" && MESH.test(outputInWords(document)) ? "3d" : makes,
  };
}

/**
 * Returns the kind that the pages show for an input. A mask, and a file of any kind, are shown as an image. Returns null for an
 * archive or a document, which the pages do not show.
 */
function toMediaKind(taken: Taken): Takes | null {
  if (taken === "mask" || taken === "any") return "image";
  return taken === "archive" || taken === "document" ? null : taken;
}

/**
 * Returns the names and descriptions of a version's outputs as one text. The schema of the output may refer to another schema,
 * which is then included.
 */
function outputInWords({ components: { schemas } }: OpenApiSchema): string {
  const { $ref } = schemas["Output"] ?? {};
  const named = typeof $ref === "string" ? schemas[$ref.replace("#/components/schemas/", "")] : null;
  return JSON.stringify([schemas["Output"], named]).replaceAll("_", " ");
}
