import "server-only";
import { readWhole } from "@/lib/media/read-whole-file";
import { decodesWithEnd, measureImage } from "@/lib/media/renditions/decoder";
import { damaged, type DECODED_TYPES, type Format, factsOf } from "./format";

type ImageFormat = {
  contentType: (typeof DECODED_TYPES)[number];
  extension: string;
  signature: readonly (number | null)[];
  /** The bytes that mark the end of a file. Set only for formats in which some programs leave these bytes out. */
  end?: readonly number[];
  /**
   * Reads the structure of the file up to its end marker. Returns false if only the end marker is missing. Throws
   * `UnavailableFile` for an incomplete or damaged file.
   */
  walk: (bytes: Uint8Array) => boolean;
};

/**
 * Returns a format for `inspectFile`, for one type of image. To inspect a file, it reads the whole file into memory. If the
 * header of an image cannot be read, its width and height are null.
 */
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
