type Settings = Record<string, string | undefined>;

/** Names under which hosts, integrations and older guides give a setting. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["NEXT_PUBLIC_SUPABASE_URL", "SUPABASE_URL"],
  ["NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY", "NEXT_PUBLIC_SUPABASE_ANON_KEY"],
  ["SUPABASE_SECRET_KEY", "SUPABASE_SERVICE_ROLE_KEY"],
]);

/**
 * The trimmed value of a setting and the name it was found under. Null when it is unset or empty.
 * Pure, because the sandbox reads the same environment to decide which services to start.
 */
export function findSetting(settings: Settings, name: string): { name: string; value: string } | null {
  for (const candidate of [name, OTHER_NAMES.get(name) ?? name]) {
    const value = settings[candidate]?.trim();
    if (value) return { name: candidate, value };
  }
  return null;
}

/** All settings, trimmed, each under its own name, also where another name was used. */
export function tidySettings(settings: Settings): Settings {
  const names = [...Object.keys(settings), ...OTHER_NAMES.keys()];
  return Object.fromEntries(names.map((name) => [name, findSetting(settings, name)?.value]));
}
