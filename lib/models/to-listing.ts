import "server-only";
import { env } from "@/lib/env";
import type { ReplicateListing } from "@/lib/replicate/schema";
import { isAllowed } from "./allowed";
import { catalog } from "./catalog";
import { parseModelRef } from "./ref";
import type { Listing } from "./schema";
import { titleOf } from "./title";

/** A model of Replicate's as we show it, under our own title where we have one; null for a name that no address can hold. */
export function toListing(found: ReplicateListing): Listing | null {
  const model = parseModelRef(`${found.owner}/${found.name}`)?.model;
  if (!model) return null;
  const entry = catalog.find(({ id }) => id === model);
  return {
    model,
    title: titleOf(model),
    description: entry?.description ?? found.description ?? "",
    cover: coverAt(found.cover_image_url ?? ""),
    runs: found.run_count ?? null,
    isAvailable: isAllowed(model),
  };
}

/** Pages may show images from where outputs come from, and from nowhere else. */
function coverAt(url: string): string | null {
  const target = URL.parse(url);
  const isShown = env().REPLICATE_DELIVERY_ORIGINS.some((origin) => {
    const allowed = URL.parse(origin);
    if (!target || allowed?.protocol !== target.protocol || allowed.port !== target.port) return false;
    const { hostname } = allowed;
    return hostname.startsWith("*.") ? target.hostname.endsWith(hostname.slice(1)) : hostname === target.hostname;
  });
  return isShown && /\.(png|jpe?g|webp|gif|avif)$/i.test(target?.pathname ?? "") ? url : null;
}
