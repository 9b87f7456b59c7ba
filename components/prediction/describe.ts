import type { Picture } from "./picture";

/** What the tools of the catalogue have done to a picture. */
const done: Record<string, string> = { upscale: "Upscaled", "remove-background": "Cut out", restore: "Restored" };

/** A picture in words: its prompt, else what was made of what. */
export function describe({ prompt, tool, subject }: Pick<Picture, "prompt" | "tool" | "subject">): string {
  const verb = done[tool ?? ""];
  if (prompt) return prompt;
  if (subject) return `${verb ?? "Made"} from “${subject}”`;
  return verb ? `${verb} picture` : "Picture without a prompt";
}
