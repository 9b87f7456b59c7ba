const themes = ["dark", "light", "system"] as const;
export type Theme = (typeof themes)[number];

/** Returns the theme that a cookie names. Returns `dark` if the value is missing or unknown. */
export function readTheme(value: unknown): Theme {
  return themes.find((theme) => theme === value) ?? "dark";
}
