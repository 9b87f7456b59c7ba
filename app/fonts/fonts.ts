import localFont from "next/font/local";

// scripts/fonts.ts writes the font files. Only geist-sans.woff2 is preloaded: every page needs it for its first paint.

const geistSans = localFont({
  src: "./geist-sans.woff2",
  variable: "--font-geist-sans",
  weight: "400 700",
});

const geistSansExtended = localFont({
  src: "./geist-sans-extended.woff2",
  variable: "--font-geist-sans-extended",
  weight: "400 700",
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: "unicode-range", value: "U+100-151, U+154-24F, U+400-4FF, U+1E00-1EFF" }],
});

const geistMono = localFont({
  src: "./geist-mono.woff2",
  variable: "--font-geist-mono",
  weight: "400 700",
  preload: false,
  // Next can adjust the size of a fallback font only for Arial or Times New Roman. Neither is monospaced, so the adjustment is
  // off.
  adjustFontFallback: false,
});

/** Class names that define the CSS variables of the fonts. */
export const fontVariables = `${geistSans.variable} ${geistSansExtended.variable} ${geistMono.variable}`;
