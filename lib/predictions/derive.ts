import { catalog } from "@/lib/models/catalog";
import type { NewPrediction } from "./schema";

const OWN_IMAGE = /^\/api\/media\/([0-9a-f-]{36})$/;

/**
 * What the request itself says of its tool and of the image it starts from; else the tool that the catalogue's model is,
 * and the first image of the person's that is given to it. `input` names them by their paths in this app.
 */
export function derivationOf(
  { tool, parent }: NewPrediction,
  model: string,
  input: Record<string, unknown>,
): { tool: string | null; parent: string | null } {
  const known = catalog.find(({ id }) => id === model)?.tool;
  const [given] = Object.values(input)
    .flat()
    .flatMap((value) => (typeof value === "string" ? (OWN_IMAGE.exec(value)?.[1] ?? []) : []));
  return { tool: tool ?? (known && known !== "generate" ? known : null), parent: parent ?? given ?? null };
}
