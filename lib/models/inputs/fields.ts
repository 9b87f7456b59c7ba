import type { OpenApiSchema } from "@/lib/replicate/schema";
import { withConditions } from "./find-conditions";
import { imageCountNames } from "./image-count";
import { getProperties } from "./schema-properties";
import { type Size, withSizes } from "./size-choices";
import { type FileType, whatItMakes, whatItTakes } from "./takes-and-makes";
import { toField } from "./to-field";
import type { Condition } from "./used-when";

/** One input of a model, for a form. */
export type Field = {
  name: string;
  label: string;
  description?: string;
  /** For `file` and `files`: the kind of file that the input takes. */
  takes?: FileType;
  /**
   * The kind of control in the form. `texts`, `numbers` and `choices` are lists; an entry of `choices` is one of the `options`.
   */
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
  /** `min` and `max` are the bounds of a number, or of the number of entries of a list. */
  min?: number;
  max?: number;
  /** For a list of numbers: the bounds of each entry. */
  entries?: { min?: number; max?: number; isWhole: boolean };
  options?: (string | number)[];
  /** The labels of options whose values are identifiers. For example, the label of `no_refiner` is "No refiner". */
  optionLabels?: Record<string, string>;
  /** For a text, or for each text of a list: a regular expression for the whole text. An empty text is also allowed. */
  pattern?: string;
  /** For a list of texts: commas belong to the entries, and do not separate them. */
  hasCommas?: true;
  /** For `secret`: the input is a list of secrets. */
  isList?: true;
  /** Set for a width if the model takes width and height, but no aspect ratio: common sizes from which the user can choose. */
  sizes?: Size[];
  /** Set for an input that can replace the prompt: if it has a value, an optional prompt may be empty. */
  replacesPrompt?: true;
  /** Set for the file that the model works on: the first image, video or sound. */
  isMainFile?: true;
  /** Set for the input that says how many images to make. */
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

/** The fields of each OpenAPI document. They are cached, because one request needs them several times and they never change. */
const known = new WeakMap<OpenApiSchema, Field[]>();

/**
 * Returns the inputs of a version, in the order in which a form shows them. An input with an unknown schema becomes a JSON field.
 */
export function getFields(document: OpenApiSchema): Field[] {
  const fields = known.get(document) ?? readFields(document);
  known.set(document, fields);
  return fields;
}

function readFields(document: OpenApiSchema): Field[] {
  const fields = withConditions(withSizes(inOrder((getProperties(document) ?? []).map(toField))));
  const mainFile = fields.find(({ takes, isDeprecated }) => /image|video|audio/.test(takes ?? "") && !isDeprecated);
  const isOnlyFile = !whatItTakes(fields).includes("text") && !fields.some((field) => replacesFile(field, mainFile));
  // Names such as `batch_size` mean the number of images or videos only in models that make them. In a model for text,
  // `batch_size` means something else.
  const canCount = ["image", "video"].includes(whatItMakes(document));
  return fields.map((field) => ({
    ...field,
    ...(canCount && field.kind === "integer" && imageCountNames.includes(field.name) && { isCount: true }),
    ...(replacesPrompt(field) && { replacesPrompt: true }),
    // Some models do not mark their only file as required, although they need it. So it is required here.
    ...(field === mainFile && { isMainFile: true, required: field.required || isOnlyFile }),
  }));
}

/** Whether a model takes a prompt and requires nothing else. */
export function takesPromptAlone(fields: Field[]): boolean {
  const others = fields.filter(({ name }) => name !== "prompt");
  return others.length < fields.length && !others.some(({ required }) => required);
}

/** Whether an input takes one or more images. True also for an input for files of an unknown kind. */
export function takesMedia({ kind, takes = "any" }: Field): boolean {
  return isFileKind(kind) && ["image", "mask", "any"].includes(takes);
}

/**
 * Whether a model with this input can work without its main file. This is so if the input is required, if it is another file and
 * not a mask, or if it is the address of a file.
 */
function replacesFile({ name, kind, takes, required }: Field, mainFile: Field | undefined): boolean {
  return (
    required || (isFileKind(kind) && takes !== "mask" && name !== mainFile?.name) || /url|link|address|path/.test(name)
  );
}

/** Matches the names of texts, or of lists of messages, that can replace a prompt. */
const MAIN_TEXT =
  /(^|_)(prompts?|texts?|captions?|lyrics|script|story|messages?|conversation|dialog(ue)?|question|query|instructions?)(_|$)/i;

/**
 * Whether an input can replace a prompt: a file to work on, another text or a list of messages. A negative prompt and general
 * instructions cannot replace it.
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
 * Sorts the inputs by the positions that the version gives them (`x-order`). If only some of the inputs have a position, the
 * other inputs get the positions that are left. Deprecated inputs come last.
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
