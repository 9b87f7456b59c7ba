// What a fork changes first. The browser loads it too, so it holds no secrets; settings of a deployment are in lib/env.ts.

export const productName = "Darkroom";
export const productDescription = "Turn prompts into images with any model on Replicate, and save every one of them.";

/** The colours of the browser's bar: `--color-ground` in app/globals.css. */
export const themeColors = { dark: "#100e0d", light: "#f6f3ef" };

/** The pages of the studio. `key` is the keyboard shortcut; the icons are in components/shell/nav.tsx. */
export const navigation = [
  { href: "/dashboard/generate", label: "Generate", key: "n" },
  { href: "/dashboard/gallery", label: "Gallery", key: "g" },
  { href: "/dashboard/models", label: "Models", key: "m" },
  { href: "/dashboard/history", label: "History", key: "h" },
] as const;

/** The most images of one prediction, as inputs or outputs, whatever the model's schema allows. */
export const MAX_IMAGES_PER_PREDICTION = 20;
