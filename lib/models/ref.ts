/** `owner/name`, and a version's id where one is pinned. Neither part can climb out of a path. */
export type ModelRef = { model: string; version: string | null };

const REF = /^([a-z0-9][\w.-]{0,99}\/[a-z0-9][\w.-]{0,99})(?::([0-9a-f]{64}))?$/i;

/** Reads `owner/name` or `owner/name:version`; null for anything else. */
export function parseModelRef(text: string): ModelRef | null {
  const [, model, version] = REF.exec(text) ?? [];
  return model ? { model, version: version ?? null } : null;
}
