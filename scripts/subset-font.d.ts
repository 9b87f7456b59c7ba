// The package `subset-font` has no types, and its types in DefinitelyTyped lack `keepFeatures`.
declare module "subset-font" {
  type Options = {
    targetFormat: "woff2";
    /** OpenType features by tag. All other features are removed, and the glyphs that only those features use. */
    keepFeatures: string[];
    variationAxes: Record<string, { min: number; max: number }>;
  };
  export default function subsetFont(font: Buffer, text: string, options: Options): Promise<Buffer>;
}
