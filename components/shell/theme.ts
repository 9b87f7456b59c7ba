export const themes = ["dark", "light", "system"] as const;
export type Theme = (typeof themes)[number];

/** The theme in a cookie; dark when the value is unknown. */
export function readTheme(value: unknown): Theme {
  return themes.find((theme) => theme === value) ?? "dark";
}
