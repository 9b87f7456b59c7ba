// The package has no types, and those of DefinitelyTyped lack `keepFeatures`.
declare module "subset-font" {
  type Options = {
    targetFormat: "woff2";
    /** OpenType features by tag. All other features are removed, and with them the glyphs that only they use. */
    keepFeatures: string[];
    variationAxes: Record<string, { min: number; max: number }>;
  };
  export default function subsetFont(font: Buffer, text: string, options: Options): Promise<Buffer>;
}
