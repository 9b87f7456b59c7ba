const themes = ["dark", "light", "system"] as const;
export type Theme = (typeof themes)[number];

/** The theme from a cookie; dark when the value is missing or unknown. */
export function readTheme(value: unknown): Theme {
  return themes.find((theme) => theme === value) ?? "dark";
}
