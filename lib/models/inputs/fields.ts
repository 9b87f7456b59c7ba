import type { OpenApiSchema } from "@/lib/replicate/schema";
import { withConditions } from "./find-conditions";
import { imageCountNames } from "./image-count";
import { getProperties } from "./schema-properties";
import { type Size, withSizes } from "./sizes";
import { type FileType, whatItMakes, whatItTakes } from "./takes-and-makes";
import { toField } from "./to-field";
import type { Condition } from "./used-when";

/** One input of a model, for a form. */
export type Field = {
  name: string;
  label: string;
  description?: string;
  /** For files: what kind they are. */
  takes?: FileType;
  /** `texts`, `numbers` and `choices` are lists. `choices` is a list of options. */
  kind:
    | "text"
    | "longtext"
    | "secret"
    | "integer"
    | "number"
    | "boolean"
    | "select"
    | "file"
    | "files"
    | "seed"
    | "texts"
    | "numbers"
    | "choices"
    | "json";
  required: boolean;
  default?: string | number | boolean | (string | number)[];
  /** Of a number, or of the number of entries of a list. */
  min?: number;
  max?: number;
  /** For a list of numbers: the bounds of each. */
  entries?: { min?: number; max?: number; isWhole: boolean };
  options?: (string | number)[];
  /** The options that are identifiers, in words. */
  optionLabels?: Record<string, string>;
  /** For a text, or each text of a list: what it must look like. An empty text is allowed too. */
  pattern?: string;
  /** For a list of texts: an entry may contain commas, so a comma does not end it. */
  hasCommas?: true;
  /** For a secret: it is a list of secrets. */
  isList?: true;
  /** For a width: sizes to choose, if the model takes no aspect ratio. */
  sizes?: Size[];
  /** A value of this input can replace an optional prompt. */
  replacesPrompt?: true;
  /** The file that the model works on: the first image, video or sound. */
  isMainFile?: true;
  /** For a whole number: it is the number of images that the model makes. */
  isCount?: true;
  /** For JSON: the only type that the model accepts. */
  json?: "object" | "array";
  /** The model's author advises against this input. */
  isDeprecated?: true;
  /** The model uses the input only if all of these conditions are met. */
  usedWhen?: Condition[];
  /** The position in the form, from 0. */
  order: number;
};

/** The fields of each document. They are kept, because one request needs them several times and they never change. */
const known = new WeakMap<OpenApiSchema, Field[]>();

/** Returns the inputs of a version, in the order that the version sets. An input with an unknown schema becomes a JSON field. */
export function getFields(document: OpenApiSchema): Field[] {
  const fields = known.get(document) ?? readFields(document);
  known.set(document, fields);
  return fields;
}

function readFields(document: OpenApiSchema): Field[] {
  const fields = withConditions(withSizes(inOrder((getProperties(document) ?? []).map(toField))));
  const mainFile = fields.find(({ takes, isDeprecated }) => /image|video|audio/.test(takes ?? "") && !isDeprecated);
  const isOnlyFile = !whatItTakes(fields).includes("text") && !fields.some((field) => replacesFile(field, mainFile));
  // In other models, these names mean something else: in one that makes text, `batch_size` is not a number of results.
  const canCount = ["image", "video"].includes(whatItMakes(document));
  return fields.map((field) => ({
    ...field,
    ...(canCount && field.kind === "integer" && imageCountNames.includes(field.name) && { isCount: true }),
    ...(replacesPrompt(field) && { replacesPrompt: true }),
    // The schemas of some models do not mark their only file as required.
    ...(field === mainFile && { isMainFile: true, required: field.required || isOnlyFile }),
  }));
}

/** Whether a model takes a prompt and requires nothing else. */
export function takesPromptAlone(fields: Field[]): boolean {
  const others = fields.filter(({ name }) => name !== "prompt");
  return others.length < fields.length && !others.some(({ required }) => required);
}

/** Whether an input takes one or more images. An input that does not say what it takes is tried with an image. */
export function takesMedia({ kind, takes = "any" }: Field): boolean {
  return isFileKind(kind) && ["image", "mask", "any"].includes(takes);
}

/** Whether an input can be given instead of the main file: another file, or the address of one. */
function replacesFile({ name, kind, takes, required }: Field, mainFile: Field | undefined): boolean {
  return (
    required || (isFileKind(kind) && takes !== "mask" && name !== mainFile?.name) || /url|link|address|path/.test(name)
  );
}

/** Names of texts, or of lists of messages, that can replace a prompt. */
const MAIN_TEXT =
  /(^|_)(prompts?|texts?|captions?|lyrics|script|story|messages?|conversation|dialog(ue)?|question|query|instructions?)(_|$)/i;

/**
 * Whether an input can replace a prompt: a file to work on, another text or a list of messages. A negative prompt and general
 * instructions cannot.
 */
function replacesPrompt({ name, kind, takes }: Pick<Field, "name" | "kind" | "takes">): boolean {
  if (isFileKind(kind)) return takes !== "archive";
  const isText = kind === "text" || kind === "longtext" || kind === "texts" || kind === "json";
  return isText && MAIN_TEXT.test(name) && !/^prompt$|negative|system|template/i.test(name);
}

function isFileKind(kind: Field["kind"]) {
  return kind === "file" || kind === "files";
}

/**
 * Sorts the inputs. `x-order` is a position. Some versions set it only for some of their inputs: the others take the positions
 * that are left. Deprecated inputs come last.
 */
function inOrder(fields: Field[]): Field[] {
  const others = fields.filter(({ order }) => order === Infinity);
  const sorted: Field[] = [];
  for (const field of fields.filter(({ order }) => order < Infinity).sort((a, b) => a.order - b.order)) {
    sorted.push(...others.splice(0, Math.max(0, field.order - sorted.length)), field);
  }
  const all = [...sorted, ...others];
  const ranked = [
    ...all.filter(({ isDeprecated }) => !isDeprecated),
    ...all.filter(({ isDeprecated }) => isDeprecated),
  ];
  return ranked.map((field, order) => ({ ...field, order }));
}
