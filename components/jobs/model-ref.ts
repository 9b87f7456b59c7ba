/** `owner/name` of a model that may be named with its version. */
export function nameOf(model: string) {
  return model.split(":")[0] ?? model;
}

/** The version that is named with a model; null: it is named without one. */
export function versionOf(model: string) {
  return model.split(":")[1] ?? null;
}

/** Whether a request for `asked` fits the form of this model and version. */
export function isOfForm(asked: string, form: { model: string; version: string | null }) {
  const version = versionOf(asked);
  return nameOf(asked) === nameOf(form.model) && (version === null || version === form.version);
}
