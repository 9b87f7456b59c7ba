import type { Values } from "@/components/jobs/job";
import { imageCountNames } from "@/lib/models/image-count";
import type { Field } from "@/lib/models/fields";
import { type AspectRatio, aspectRatiosOf, initialAspectRatio } from "./aspect-ratios";
import { pathsIn } from "./media-choice";

/** The name of a setting's control. The prefix is needed because the form has its own controls "model" and "key". */
export function controlName(field: Pick<Field, "name">) {
  return `input.${field.name}`;
}

/** The id of the hidden control that receives the values of a media field. The control has no name, so it is never sent. */
export function mediaControlId(field: Pick<Field, "name">) {
  return `${controlName(field)}-media`;
}

/**
 * Reads a model's input from the composer's form, on the server or in the browser. Leaves out settings that are empty or have
 * their default value, so that a saved input shows what the user chose. There are two exceptions: settings of `alwaysSent` stay
 * with their default value, and an emptied text stays as "" if its default is another text.
 */
export function readForm(data: FormData, fields: Field[]): Values {
  const ratio = aspectRatiosOf(fields).find(({ value }) => value === data.get("aspect_ratio"));
  const chosen: Values = {};
  for (const field of fields) {
    const value = readField(data, field);
    const isSent = value !== field.default || alwaysSent.includes(field.name);
    if (value !== undefined && isSent) chosen[field.name] = value;
  }
  // A width entered by hand replaces the width of the aspect ratio.
  return { ...ratio?.settings, ...chosen };
}

// Even default values of these are sent, because the card of a running prediction reads them.
const alwaysSent = ["prompt", "width", "height", "aspect_ratio", ...imageCountNames];

function readField(data: FormData, field: Field): unknown {
  const text = data.get(controlName(field));
  if (field.kind === "boolean") return text !== null || (field.default === undefined ? undefined : false);
  if (field.kind === "files") return text === null ? undefined : pathsIn(data.getAll(controlName(field)));
  if (typeof text !== "string") return undefined;
  if (text.trim() === "") return field.name !== "prompt" && isText(field) && field.default ? "" : undefined;
  switch (field.kind) {
    case "integer":
    case "number":
    case "seed":
      // Text that is not a number is sent unchanged, so that the server reports the field.
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case "select":
      return field.options?.find((option) => String(option) === text) ?? text;
    case "json":
      return parseJson(text);
    case "text":
    case "longtext":
    case "file":
      return text;
  }
}

function isText({ kind }: Field) {
  return kind === "text" || kind === "longtext";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The values that the controls of a form show: `values`, and the model's default for each missing value. */
export function initialValues(fields: Field[], values: Values) {
  const ratios = aspectRatiosOf(fields);
  const ratio = initialAspectRatio(ratios, fields, values);
  function valueOf(field: Field): unknown {
    if (isSetByRatio(field, ratios)) return ratio ? undefined : values[field.name];
    // A model's default prompt is only an example.
    return values[field.name] ?? (field.name === "prompt" ? undefined : field.default);
  }
  return { ratios, ratio, valueOf };
}

export function isSetByRatio({ name }: Field, [ratio]: AspectRatio[]) {
  return ratio !== undefined && name in ratio.settings;
}

/** Shows `values` in the composer's form. All other settings return to the model's defaults. */
export function fillForm(form: HTMLFormElement, fields: Field[], values: Values) {
  const { ratio, valueOf } = initialValues(fields, values);
  for (const field of fields) {
    const isFile = field.kind === "file" || field.kind === "files";
    const control = form.elements.namedItem(isFile ? mediaControlId(field) : controlName(field));
    setControl(control, isFile ? pathsIn(valueOf(field)) : valueOf(field));
  }
  setControl(form.elements.namedItem("aspect_ratio"), ratio?.value);
}

function setControl(control: Element | RadioNodeList | null, value: unknown) {
  const text = toText(value);
  const [first, ...others] = control instanceof RadioNodeList ? [...control] : [control];
  for (const node of [first, ...others]) {
    if (node instanceof HTMLInputElement && node.type === "radio") node.checked = node.value === text;
    else if (node instanceof HTMLInputElement && node.type === "checkbox") node.checked = value === true;
    else if (isFormControl(node)) node.value = text;
  }
  // This event updates the slider next to a number field, and the tiles of a media field.
  if (isFormControl(first)) first.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Sets the value of a control and fires an input event, as if the user had typed it. */
export function typeInto(control: Element | null, text: string) {
  if (!isFormControl(control)) return;
  control.value = text;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A value as the text of a control. */
export function toText(value: unknown) {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

export function isFormControl(control: unknown) {
  return (
    control instanceof HTMLInputElement ||
    control instanceof HTMLTextAreaElement ||
    control instanceof HTMLSelectElement
  );
}
