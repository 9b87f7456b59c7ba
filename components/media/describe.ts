import type { MediaItem } from "./media-item";

/** What the tools of the catalog did to an image. Any other tool is described as "Made". */
const done: Record<string, string> = { upscale: "Upscaled", "remove-background": "Cut out", restore: "Restored" };

/** An image in words: its prompt, else the tool and what it was used on. */
export function describe({ prompt, tool, subject }: Pick<MediaItem, "prompt" | "tool" | "subject">): string {
  const verb = done[tool ?? ""];
  if (prompt) return prompt;
  if (subject) return `${verb ?? "Made"} from “${subject}”`;
  return verb ? `${verb} image` : "Image without a prompt";
}
