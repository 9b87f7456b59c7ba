type Settings = Record<string, string | undefined>;

/** Other names of the same settings, used by hosting integrations and older guides. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["NEXT_PUBLIC_SUPABASE_URL", "SUPABASE_URL"],
  ["NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY", "NEXT_PUBLIC_SUPABASE_ANON_KEY"],
  ["SUPABASE_SECRET_KEY", "SUPABASE_SERVICE_ROLE_KEY"],
]);

/**
 * Returns the trimmed value of a setting and the name it was found under. Null if it is unset or empty. The sandbox uses it
 * too.
 */
export function findSetting(settings: Settings, name: string): { name: string; value: string } | null {
  for (const candidate of [name, OTHER_NAMES.get(name) ?? name]) {
    const value = settings[candidate]?.trim();
    if (value) return { name: candidate, value };
  }
  return null;
}

/** Returns all settings, trimmed, each also under its standard name. */
export function tidySettings(settings: Settings): Settings {
  const names = [...Object.keys(settings), ...OTHER_NAMES.keys()];
  return Object.fromEntries(names.map((name) => [name, findSetting(settings, name)?.value]));
}
