// Matches `owner/name`, with or without a version. The owner and the name are used in URL paths, so neither may be "." or "..".
const REF = /^([a-z0-9][\w.-]{0,99}\/[a-z0-9][\w.-]{0,99})(?::([0-9a-f]{64}))?$/i;

/** Returns the parts of `owner/name` or `owner/name:version`. Returns null for any other text. */
export function parseModelRef(text: string) {
  const [, model, version] = REF.exec(text) ?? [];
  return model ? { model, version: version ?? null } : null;
}

/** Whether a text is the id of a version without its model. */
export function isVersionId(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}

/**
 * Combines the two fields `model` and `version` of a request. Returns one reference: `owner/name`, or `owner/name:version`.
 * `version` may be only the id of a version, or a whole reference. Returns undefined if both are undefined, and null if they
 * contradict each other.
 */
export function combineRef(model: string | undefined, version: string | undefined): string | undefined | null {
  if (model === undefined || version === undefined) return model ?? version;
  const reference = isVersionId(version) ? `${modelNameOf(model)}:${version}` : version;
  const isSameModel = modelNameOf(reference).toLowerCase() === modelNameOf(model).toLowerCase();
  const isSameVersion = [null, modelVersionOf(reference)].includes(modelVersionOf(model));
  return isSameModel && isSameVersion ? reference : null;
}

/** Returns `owner/name` of a reference with or without a version. Does not check the reference. */
export function modelNameOf(ref: string): string {
  return ref.split(":")[0] ?? ref;
}

/** Returns the version in a reference, or null. Does not check the reference. */
export function modelVersionOf(ref: string): string | null {
  return ref.split(":")[1] ?? null;
}

/** Whether a reference names this model, and either this version or no version. */
export function refersTo(ref: string, { model, version }: { model: string; version: string | null }): boolean {
  return modelNameOf(ref) === modelNameOf(model) && [null, version].includes(modelVersionOf(ref));
}
