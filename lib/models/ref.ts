/** A model as `owner/name`, with a version's id where one is given. */
export type ModelRef = { model: string; version: string | null };

// Both parts become segments of a path: neither may be "." or "..".
const REF = /^([a-z0-9][\w.-]{0,99}\/[a-z0-9][\w.-]{0,99})(?::([0-9a-f]{64}))?$/i;

/** Reads `owner/name` or `owner/name:version`; null for anything else. */
export function parseModelRef(text: string): ModelRef | null {
  const [, model, version] = REF.exec(text) ?? [];
  return model ? { model, version: version ?? null } : null;
}
