// The package `subset-font` has no types, and its types in DefinitelyTyped lack `keepFeatures`.
declare module "subset-font" {
  type Options = {
    targetFormat: "woff2";
    /**
     * The tags of the OpenType features that the font keeps. All other features are removed, with the glyphs that only they use.
     */
    keepFeatures: string[];
    variationAxes: Record<string, { min: number; max: number }>;
  };
  export default function subsetFont(font: Buffer, text: string, options: Options): Promise<Buffer>;
}
