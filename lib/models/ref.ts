// Both parts are used in URL paths: neither may be "." or "..".
const REF = /^([a-z0-9][\w.-]{0,99}\/[a-z0-9][\w.-]{0,99})(?::([0-9a-f]{64}))?$/i;

/** Parses `owner/name` or `owner/name:version`; null for anything else. */
export function parseModelRef(text: string) {
  const [, model, version] = REF.exec(text) ?? [];
  return model ? { model, version: version ?? null } : null;
}
