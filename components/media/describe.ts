import type { MediaItem } from "./media-item";

/** What each tool did to an image. Any other tool is described as "Generated". */
const done: Record<string, string> = { upscale: "Upscaled", "remove-background": "Cut out", restore: "Restored" };

/** An image in words: its prompt, or else the tool and the image it was used on. */
export function describe({ prompt, tool, subject }: Pick<MediaItem, "prompt" | "tool" | "subject">): string {
  const verb = done[tool ?? ""];
  if (prompt) return prompt;
  if (subject) return `${verb ?? "Generated"} from “${subject}”`;
  return verb ? `${verb} image` : "Image without a prompt";
}
