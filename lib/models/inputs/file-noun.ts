import type { FileType } from "@/lib/models/inputs/takes-and-makes";

/** The noun for a file that an input takes, in the singular: "image", "sound", "file". */
export function nounOfInput(takes: FileType = "any"): string {
  return takes === "any" ? "file" : takes === "mask" ? "image" : takes === "audio" ? "sound" : takes;
}
