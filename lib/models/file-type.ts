/** What kind of file an input takes. `any`: its schema does not say. */
export type FileType = "image" | "mask" | "video" | "audio" | "archive" | "document" | "any";

/** A file of several other files, or the weights of a model. */
const ARCHIVE = /\b(zip|tar|archive|weights|safetensors)\b/i;

/** Words for each kind. The first match wins: "image mask" is a mask, and "video frame" is an image. */
const WORDS: [FileType, RegExp][] = [
  ["archive", ARCHIVE],
  ["mask", /\bmasks?\b/i],
  ["image", /\b(images?|img|pictures?|photos?|photographs?|frames?|faces?|portraits?|sketch|drawing|logo)\b/i],
  ["video", /\b(videos?|movies?|films?|clips?|footage)\b/i],
  ["audio", /\b(audios?|sounds?|music|songs?|voices?|speech|melody|recordings?)\b/i],
  ["document", /\b(documents?|pdf|csv|jsonl?|subtitles?|srt|transcripts?|text file|file with texts?)\b/i],
];

type Described = { name: string; label: string; description?: string; isList: boolean };

/**
 * Returns the kind of file that an input takes. All files have the same schema (`format: uri`), so only its name, its label and
 * its description tell the kind: the name first, because a description also speaks of other things.
 */
export function fileTypeOf({ name, label, description = "", isList }: Described): FileType {
  // Such as `input_images`: "A zip of images".
  if (!isList && ARCHIVE.test(description)) return "archive";
  const find = (text: string) => WORDS.find(([, words]) => words.test(text))?.[0];
  return find(`${name.replaceAll("_", " ")} ${label}`) ?? find(description) ?? "any";
}
