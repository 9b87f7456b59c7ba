export const themes = ["dark", "light", "system"] as const;
export type Theme = (typeof themes)[number];

/** The theme a cookie asks for; anything unknown is dark, as a darkroom is. */
export function readTheme(value: unknown): Theme {
  return themes.find((theme) => theme === value) ?? "dark";
}
