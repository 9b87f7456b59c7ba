import type { Field } from "@/lib/models/fields";
import { pathsIn } from "./media-choice";
import type { Values } from "@/components/jobs/job";
import { controlName } from "./form-values";
import { tellMedia } from "./tell-media";
import { defaultShape, shapeFor, shapesOf } from "./aspect-ratios";

/** Puts a model's input into the composer's form; what `values` do not name goes back to the model's default. */
export function fillForm(form: HTMLFormElement, fields: Field[], values: Values) {
  const shapes = shapesOf(fields);
  const shape = shapeFor(shapes, values) ?? (namesSize(values) ? undefined : defaultShape(shapes, fields));
  for (const field of fields) {
    const isInShape = field.name in (shapes[0]?.settings ?? {});
    const value = isInShape ? (shape ? undefined : values[field.name]) : startOf(field, values);
    if (field.kind === "file" || field.kind === "files") tellMedia(form, controlName(field), pathsIn(value));
    else setControl(form.elements.namedItem(controlName(field)), value);
  }
  setControl(form.elements.namedItem("shape"), shape?.value);
}

/** What a setting's control shows to begin with. The model's own prompt is an example, not a wish. */
export function startOf(field: Field, values: Values | null): unknown {
  return values?.[field.name] ?? (field.name === "prompt" ? undefined : field.default);
}

/** A value as the text of a control. */
export function textOfValue(value: unknown) {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function namesSize(values: Values) {
  return "width" in values || "height" in values || "aspect_ratio" in values;
}

function setControl(control: Element | RadioNodeList | null, value: unknown) {
  const text = textOfValue(value);
  const [first, ...others] = control instanceof RadioNodeList ? [...control] : [control];
  for (const node of [first, ...others]) {
    if (node instanceof HTMLInputElement && node.type === "radio") node.checked = node.value === text;
    else if (node instanceof HTMLInputElement && node.type === "checkbox") node.checked = value === true;
    else if (isTextControl(node)) node.value = text;
  }
  // Controls that show their value elsewhere too listen for this.
  if (isTextControl(first)) first.dispatchEvent(new Event("input", { bubbles: true }));
}

export function isTextControl(control: unknown) {
  return (
    control instanceof HTMLInputElement ||
    control instanceof HTMLTextAreaElement ||
    control instanceof HTMLSelectElement
  );
}
