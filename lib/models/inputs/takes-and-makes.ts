import type { OpenApiSchema } from "@/lib/replicate/schema";
import type { Field } from "./fields";
import { descriptionOf, fileKind, getProperties, isFile, resolveSchema, toSchema } from "./schema-properties";

// The OpenAPI document of a version says which inputs and outputs are files and which are texts. It does not say which kind of
// file is meant: all files have the same schema (`format: uri`). So we find their kind from names and descriptions.

/** The kind of file that an input takes. `any`: its name and description name no kind, or several. */
export type FileType = "image" | "mask" | "video" | "audio" | "archive" | "document" | "any";
/** One thing that a model takes: a kind of file, or text. */
export type Takes = FileType | "text";
/** What a model makes. `other`: 3D models, documents, numbers, or an object with several outputs. */
export type Makes = "image" | "video" | "audio" | "text" | "other";

/** Words for a file that contains several other files, or the weights of a model. */
const ARCHIVE = /\b(zip|tar|archive|weights|safetensors)\b/i;

/** Words for each kind of file. The first match is used: "image mask" is a mask, and "video frame" is an image. */
const WORDS: [FileType, RegExp][] = [
  ["archive", ARCHIVE],
  ["mask", /\bmasks?\b/i],
  ["image", /\b(images?|img|pictures?|photos?|photographs?|frames?|faces?|portraits?|sketch|drawing|logo)\b/i],
  ["video", /\b(videos?|movies?|films?|clips?|footage)\b/i],
  ["audio", /\b(audios?|sounds?|music|songs?|voices?|speech|melody|recordings?)\b/i],
  ["document", /\b(documents?|pdf|csv|jsonl?|subtitles?|srt|transcripts?|text file|file with texts?)\b/i],
];

/** Matches a description that names several kinds, such as "Text, image or recording". Such an input takes any file. */
const EITHER =
  /\b(image|picture|photo|video|clip|audio|sound|recording)s?(, \w+)*,? or (an? )?(image|picture|photo|video|clip|audio|sound|recording)s?\b/i;

const MEDIA: (FileType | undefined)[] = ["image", "mask", "video", "audio"];
/** Matches words for a single file, such as "or an image", in a description that also mentions an archive. */
const ONE = /\bor (an?|one|a single) (image|mask|video|audio|sound|recording)\b/i;

type Described = { name: string; label: string; description?: string; isList: boolean };

/**
 * Returns the kind of file that an input takes. The name of the input is read before its description, because the description may
 * also mention other kinds.
 */
export function fileTypeOf({ name, label, description = "", isList }: Described): FileType {
  const find = (text: string) => WORDS.find(([, words]) => words.test(text))?.[0];
  const byName = find(`${name.replaceAll("_", " ")} ${label}`);
  const [beforeArchive = "", ...rest] = description.split(ARCHIVE);
  if (!isList && rest.length > 0) {
    // The description mentions an archive. With "A zip of images", only an archive is meant, even if the name of the input is
    // `image`. With "Input image, or a zip of images", both are possible.
    const isEither = MEDIA.includes(find(beforeArchive)) || ONE.test(description);
    return MEDIA.includes(byName) && isEither ? "any" : "archive";
  }
  return byName ?? (EITHER.test(description) ? "any" : (find(description) ?? "any"));
}

/** The names of texts that say what the model should make or work on. All other texts are settings. */
const MAIN_TEXT =
  /^(prompts?|prompt_[a-z\d]|texts?|txt|input|input_text|text_input|messages?|lyrics|script|story|query|question|caption|instructions?|multi_prompt|structured_prompt)$/;

/**
 * Returns the kinds of files that a model takes as inputs. Also contains `text` if the model takes a prompt or a similar text.
 * The list is in the order of the inputs, without duplicates.
 */
export function whatItTakes(fields: Field[]): Takes[] {
  const takes = fields.flatMap(({ name, kind, takes: fileType, isDeprecated }) => {
    if (isDeprecated) return [];
    if (fileType) return fileType;
    return MAIN_TEXT.test(name) && ["text", "longtext", "texts", "json"].includes(kind) ? ["text" as const] : [];
  });
  return [...new Set(takes)];
}

const VIDEO_INPUTS =
  /^(fps|seconds|frames_per_second|num_frames|generate_audio|camera_fixed|(first|last|start|end)_(frame(_image)?|image)|video)$/;
const AUDIO_INPUTS = /voice|lyrics|sample_rate|bitrate|audio_format|input_audio/;

/**
 * Returns what a version makes, according to its OpenAPI document. If there is no document, or if it does not describe the
 * output, the result is `image`, because nearly every model that takes only a prompt makes images.
 */
export function whatItMakes(document: OpenApiSchema | null): Makes {
  const { schemas } = document?.components ?? {};
  if (!document || !schemas?.["Output"]) return "image";
  const output = resolveSchema(schemas["Output"], schemas);
  const items = output["type"] === "array" ? resolveSchema(output["items"], schemas) : output;
  if (isFile(items)) return kindOfFiles(document);
  if (items["type"] === "string") return "text";
  const parts = Object.entries(toSchema(items["properties"])).map(([name, part]) => ({
    name,
    required: false,
    schema: resolveSchema(part, schemas),
  }));
  const files = parts.filter((part) => fileKind(part) !== null);
  const hasText = parts.some((part) => part.schema["type"] === "string" && fileKind(part) === null);
  // A model that takes audio usually turns speech into text. But its schema often does not say so, because the schema of its
  // output is an object, or is empty.
  if (takesAudio(document)) return hasText || files.length === 0 ? "text" : "audio";
  return kindByNames(files.map(({ name }) => name));
}

/** Whether a version makes text piece by piece, so that Replicate streams it: its output is an iterator of texts. */
export function streamsText(document: OpenApiSchema | null): boolean {
  const { schemas } = document?.components ?? {};
  const output = resolveSchema(schemas?.["Output"], schemas ?? {});
  const items = resolveSchema(output["items"], schemas ?? {});
  return output["x-cog-array-type"] === "iterator" && items["type"] === "string" && !isFile(items);
}

/** Guesses the kind of the output files from the names of the inputs. For example, `fps` means that the model makes a video. */
function kindOfFiles(document: OpenApiSchema): Makes {
  const names = (getProperties(document) ?? []).map(({ name }) => name);
  // A model that requires an archive and has no prompt is a trainer: it takes training data, and makes weights (`other`).
  const isTrainer = fileInputs(document).some(({ required, type }) => required && type === "archive");
  if (isTrainer && !names.includes("prompt")) return "other";
  if (names.some((name) => VIDEO_INPUTS.test(name))) return "video";
  if (names.some((name) => AUDIO_INPUTS.test(name))) return "audio";
  // An image has no duration. So a model with an input `duration` makes a video or a sound.
  if (!names.includes("duration")) return "image";
  return names.some((name) => /image|aspect_ratio/.test(name)) ? "video" : "audio";
}

/**
 * Guesses what an output object contains from the names of its files. A 3D model may come with a video as its preview, so 3D
 * models are found first.
 */
function kindByNames(names: string[]): Makes {
  if (names.some((name) => /model|mesh|glb|ply|obj/.test(name))) return "other";
  const kinds = names.map((name) => WORDS.find(([, words]) => words.test(name.replaceAll("_", " ")))?.[0]);
  const kind = kinds.find((one) => one !== undefined);
  if (kind === "mask") return "image";
  return kind === "image" || kind === "video" || kind === "audio" ? kind : "other";
}

function takesAudio(document: OpenApiSchema): boolean {
  return fileInputs(document).some(({ type }) => type === "audio");
}

/** Returns for each file input of a version what kind of file it takes, and whether it is required. */
function fileInputs(document: OpenApiSchema): { required: boolean; type: FileType }[] {
  return (getProperties(document) ?? []).flatMap((property) => {
    const { name, required, schema } = property;
    const files = fileKind(property);
    if (files === null) return [];
    const description = descriptionOf(schema);
    return { required, type: fileTypeOf({ name, label: name, description, isList: files === "many" }) };
  });
}
