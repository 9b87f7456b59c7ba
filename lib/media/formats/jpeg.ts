import { endOfScan, readMarker } from "@/lib/media/metadata/clean-jpeg";
import { damaged, Reader } from "./format";
import { createImageFormat } from "./image";

const EOI = 0xd9;
const SOS = 0xda;

/** The markers SOF0 to SOF15. The numbers of DHT, JPG and DAC are in the same range, but they are not frames. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * A JPEG (ITU T.81, annex B) has marker segments and scans from SOI to EOI. Some encoders leave out EOI, and browsers still
 * show the image.
 */
export const jpeg = createImageFormat({
  contentType: "image/jpeg",
  extension: "jpg",
  signature: [0xff, 0xd8, 0xff],
  end: [0xff, EOI],

  walk(bytes) {
    const reader = new Reader(bytes, 2);
    let hasFrame = false;
    let hasScan = false;
    for (;;) {
      const marker = readMarker(reader);
      if (marker === EOI) break;
      hasFrame ||= isFrame(marker);
      // The length includes its own two bytes. If it is less than 2, `readMarker` finds no marker and throws.
      reader.skip(reader.uint16("big") - 2);
      if (marker !== SOS) continue;
      if (!hasFrame) damaged("no frame header");
      hasScan = true;
      reader.offset = endOfScan(bytes, reader.offset);
      if (reader.offset === bytes.length) return false;
    }
    if (!hasScan) damaged("no pixels");
    return true;
  },
});
