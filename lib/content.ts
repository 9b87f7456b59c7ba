import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createCache } from "@/lib/cache";

/** The pages that an operator writes, as Markdown files in the folder `content`. */
export type ContentName = "terms" | "privacy";

const cached = createCache<string | null>({ ttl: 60_000 });

/** Returns the text of `content/<name>.md`. Returns null if the file is missing or empty: then there is no such page. */
export function readContent(name: ContentName): Promise<string | null> {
  return cached(name, async () => {
    const text = await readFile(join(process.cwd(), "content", `${name}.md`), "utf8").catch(() => "");
    return text.trim() || null;
  });
}
