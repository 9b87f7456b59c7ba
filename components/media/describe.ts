import { nameInWords } from "@/components/ui/format";
import type { MediaKind } from "@/lib/media/schema";
import { nounOf } from "./kind";
import type { MediaItem } from "./media-item";

/** A word for what each tool has done to a file. For a tool that is not listed, the word is "Generated". */
const done: Record<string, string> = { upscale: "Upscaled", "remove-background": "Cut out", restore: "Restored" };

/** Titles of predictions that write words for a form. They replace the prompt, which is mostly instructions. */
const written: Record<string, string> = {
  improve: "Improved prompt",
  describe: "Description of an image",
  transcribe: "Spoken words",
};

/** `kind` is undefined while the model is running, because the kind is not known yet. */
type Described = Pick<MediaItem, "prompt" | "tool" | "subject"> & { kind?: MediaKind | undefined };

/**
 * Describes a file. The output of a tool that writes text for the user has a fixed title, such as "Improved prompt". Otherwise,
 * the prompt is used. Without a prompt, the tool and its input image are named, as far as they are known.
 */
export function describe({ prompt, tool, subject, kind }: Described): string {
  const verb = done[tool ?? ""];
  const title = written[tool ?? ""];
  if (title || prompt) return title ?? prompt;
  if (subject) return `${verb ?? "Generated"} from “${subject}”`;
  if (verb) return `${verb} ${nounOf([kind ?? "image"])}`;
  return kind ? `${nameInWords(nounOf([kind]))} without a prompt` : "No prompt";
}

/** Returns the text that screen readers read for a file: the owner's alternative text, or else a description of the file. */
export function altOf(item: Described & Pick<MediaItem, "alt">): string {
  return item.alt ?? describe(item);
}
