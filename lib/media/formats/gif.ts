import { readBlocks, TRAILER } from "@/lib/media/metadata/clean-gif";
import { damaged } from "./format";
import { createImageFormat } from "./image";

/** A GIF (GIF89a specification) has a screen descriptor, then blocks, then a trailer. Some programs leave out the trailer. */
export const gif = createImageFormat({
  contentType: "image/gif",
  extension: "gif",
  signature: [0x47, 0x49, 0x46, 0x38, null, 0x61],
  end: [TRAILER],

  walk(bytes) {
    const { images, hasTrailer } = readBlocks(bytes);
    if (images === 0) damaged("it has no pixels");
    return hasTrailer;
  },
});
