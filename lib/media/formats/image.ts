import "server-only";
import { readWhole } from "@/lib/media/read-whole-file";
import { decodesWithEnd, measureImage } from "@/lib/media/renditions/decoder";
import { damaged, type DECODED_TYPES, type Format, factsOf } from "./format";

type ImageFormat = {
  contentType: (typeof DECODED_TYPES)[number];
  extension: string;
  signature: readonly (number | null)[];
  /** The end marker of the format. Only set if some programs leave it out. */
  end?: readonly number[];
  /**
   * Reads the structure of the file up to its end marker. Returns false if only the end marker is missing. Throws
   * `UnavailableFile` for an incomplete or damaged file.
   */
  walk: (bytes: Uint8Array) => boolean;
};

/** Creates the format of an image. Its files are read into memory. If width and height cannot be read, they are null. */
export function createImageFormat({ contentType, extension, signature, end, walk }: ImageFormat): Format {
  return {
    signatures: [signature],
    inspect: ({ blob, hasFullLength }) =>
      readWhole(blob, async (bytes) => {
        const isWhole = walk(bytes) || (hasFullLength && end && (await decodesWithEnd(bytes, end)));
        if (!isWhole) damaged("its end is missing");
        return factsOf(contentType, extension, await measureImage(bytes));
      }),
  };
}
