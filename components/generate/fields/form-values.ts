import type { Values } from "@/components/jobs/job";
import type { Field } from "@/lib/models/inputs/fields";
import { type AspectRatio, aspectRatiosOf, initialAspectRatio } from "./aspect-ratios";
import { pathsIn } from "./media-choice";

/**
 * Returns the name of a setting's control. The prefix is needed because a setting may have the name "model" or "key", and the
 * form already has its own controls with these names.
 */
export function controlName(field: Pick<Field, "name">) {
  return `input.${field.name}`;
}

/** The id of the hidden control through which `fillForm` sets the files of a media field. It has no name, so it is never sent. */
export function mediaControlId(field: Pick<Field, "name">) {
  return `${controlName(field)}-media`;
}

/** Returns what the controls of a form show: `values`, and the model's default for each setting without a value. */
export function initialValues(fields: Field[], values: Values) {
  const ratios = aspectRatiosOf(fields);
  const ratio = initialAspectRatio(ratios, fields, values);
  function valueOf(field: Field): unknown {
    if (isSetByRatio(field, ratios)) return ratio ? undefined : values[field.name];
    // Two values are never shown: secrets, and the model's default prompt, which is only an example.
    if (field.kind === "secret") return undefined;
    return values[field.name] ?? (field.name === "prompt" ? undefined : field.default);
  }
  return { ratios, ratio, valueOf };
}

export function isSetByRatio({ name }: Field, [ratio]: AspectRatio[]) {
  return ratio !== undefined && name in ratio.settings;
}

/** Shows `values` in the composer's form. All other settings return to the model's defaults, except secrets. */
export function fillForm(form: HTMLFormElement, fields: Field[], values: Values) {
  const { ratio, valueOf } = initialValues(fields, values);
  for (const field of fields) {
    const isFile = field.kind === "file" || field.kind === "files";
    const control = form.elements.namedItem(isFile ? mediaControlId(field) : controlName(field));
    const value = isFile ? pathsIn(valueOf(field)) : valueOf(field);
    // Secrets are not changed: what the user has typed stays.
    if (field.kind !== "secret") setControl(control, value, textOf(field, value));
  }
  setControl(form.elements.namedItem("aspect_ratio"), ratio?.value);
}

function setControl(control: Element | RadioNodeList | null, value: unknown, text = toText(value)) {
  // `namedItem` finds controls by name and by id. For a setting with several entries, it finds two controls: a hidden input with
  // this name, and a visible input with this id, but without a name. Only the hidden input is set. The visible input updates
  // itself after the event below.
  const named = (node: Node) => isFormControl(node) && node.name !== "";
  const nodes = control instanceof RadioNodeList ? [...control].filter(named) : [control];
  const [first = null] = nodes;
  for (const node of nodes) {
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

/** Whether a setting of this kind is a list whose control has one entry per line. */
export function isList(kind: Field["kind"]) {
  return kind === "texts" || kind === "numbers" || kind === "choices";
}

/** Returns the value of a setting as a text for its control. A list becomes one line for each entry. */
export function textOf({ kind }: Field, value: unknown) {
  return Array.isArray(value) && isList(kind) ? value.join("\n") : toText(value);
}

/** Returns a value as a text for a control: JSON, unless it is a text already. */
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
