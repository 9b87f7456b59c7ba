/** `owner/name` of a reference such as `owner/name:version`. */
export function nameOf(model: string) {
  return model.split(":")[0] ?? model;
}

/** The version in a reference, or null. */
export function versionOf(model: string) {
  return model.split(":")[1] ?? null;
}

/** Whether a request for the model `requested` can be shown in the form of this model and version. */
export function isOfForm(requested: string, form: { model: string; version: string | null }) {
  const version = versionOf(requested);
  return nameOf(requested) === nameOf(form.model) && (version === null || version === form.version);
}
