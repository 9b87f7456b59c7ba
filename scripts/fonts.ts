import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import subsetFont from "subset-font";
import { root } from "./run-command.ts";

// npm run fonts: reduces the variable fonts of the package `geist` to the characters that the pages use, and writes app/fonts/.

const source = join(root, "node_modules/geist");
const target = join(root, "app/fonts");

const latin1 = range(0x20, 0x7e) + range(0xa0, 0xff);
const symbols = "–—‘’‚“”„†•…‹›€™←↑→↓↵−≤≥ŒœŠšŽžŸ";
/**
 * The characters of the extended font: Latin Extended-A and -B, Cyrillic, Vietnamese. `unicode-range` in app/fonts/fonts.ts must
 * cover the same blocks.
 */
const extended = range(0x100, 0x24f) + range(0x400, 0x4ff) + range(0x1e00, 0x1eff);

function range(first: number, last: number): string {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index));
}

async function writeSubset(name: string, from: string, text: string) {
  const font = readFileSync(join(source, "dist/fonts", from));
  const subset = await subsetFont(font, text, {
    targetFormat: "woff2",
    // These features are kept: kerning, ligatures, a simple `a`, and digits of equal width.
    keepFeatures: ["kern", "liga", "ss01", "tnum"],
    variationAxes: { wght: { min: 400, max: 700 } },
  });
  writeFileSync(join(target, `${name}.woff2`), subset);
  console.log(`${name}.woff2  ${(subset.length / 1000).toFixed(1)} KB`);
}

mkdirSync(target, { recursive: true });
await writeSubset("geist-sans", "geist-sans/Geist-Variable.woff2", latin1 + symbols);
await writeSubset("geist-sans-extended", "geist-sans/Geist-Variable.woff2", extended);
await writeSubset("geist-mono", "geist-mono/GeistMono-Variable.woff2", latin1 + symbols);
// The license of the fonts must be included with every copy of them.
copyFileSync(join(source, "LICENSE.txt"), join(target, "LICENSE.txt"));
