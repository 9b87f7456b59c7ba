// The settings that a fork changes first. The settings of one deployment are in lib/env-schema.ts.
// The server, the browser and the sandbox load this file, so it contains no secrets and imports nothing.

export const productName = "Darkroom";
export const productDescription = "Turn prompts into images with any model on Replicate, and save every image.";

/** The first characters of every API key. */
export const keyPrefix = "dr_";

/** The color of the browser's toolbar in each theme. Each color is the same as `--color-ground` in app/globals.css. */
export const themeColors = { dark: "#100e0d", light: "#f6f3ef" };

/** The pages of the studio. `key` is the keyboard shortcut; the icons are in components/shell/nav.tsx. */
export const navigation = [
  { href: "/dashboard/generate", label: "Generate", key: "n" },
  { href: "/dashboard/gallery", label: "Gallery", key: "g" },
  { href: "/dashboard/models", label: "Models", key: "m" },
  { href: "/dashboard/history", label: "History", key: "h" },
] as const;

/**
 * Suggestions on the Generate page. The page passes them to the browser as props. If browser code imported them, other pages
 * would load them too.
 */
export const presets = {
  /** Example prompts, shown while the feed is empty. */
  startingPrompts: [
    "A lighthouse on a black basalt cliff at dusk, long exposure sea, film grain",
    "Portrait of an old clockmaker by window light, 85 mm, shallow focus",
    "Misty pine forest from above, first sun between the trees, muted greens",
    "A bowl of ripe persimmons on dark linen, chiaroscuro, Dutch still life",
    "Night street after rain, red neon in the puddles, a single umbrella",
    "Desert dunes under a violet sky with a thin crescent moon, minimal",
  ],
  /** Image styles. Their `words` are added to the prompt. */
  styles: [
    { name: "Film photograph", words: "35mm film photograph, natural light, fine grain" },
    { name: "Studio portrait", words: "studio portrait, soft key light, shallow depth of field" },
    { name: "Black and white", words: "black and white photograph, deep shadows, silver gelatin print" },
    { name: "Cinematic", words: "cinematic still, anamorphic lens, moody color grade" },
    { name: "Watercolor", words: "loose watercolor painting, paper texture, soft edges" },
    { name: "Oil painting", words: "oil painting, visible brushwork, rich impasto" },
    { name: "Ink drawing", words: "black ink drawing, confident line work, white paper" },
    { name: "Woodblock print", words: "woodblock print, flat colors, fine outlines" },
    { name: "Isometric", words: "isometric illustration, clean shapes, soft shadows" },
    { name: "Clay model", words: "handmade clay miniature, macro photograph, soft light" },
  ],
};
export type Presets = typeof presets;
