import { EOI, readSegments, SOS } from "@/lib/media/metadata/clean-jpeg";
import { damaged } from "./format";
import { createImageFormat } from "./image";

/** Whether a frame begins at this marker (SOF0 to SOF15). Three markers in this range do not begin a frame: DHT, JPG and DAC. */
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
    let hasFrame = false;
    let hasScan = false;
    const hasEnd = readSegments(bytes, (marker) => {
      hasFrame ||= isFrame(marker);
      if (marker !== SOS) return;
      if (!hasFrame) damaged("it has no frame header");
      hasScan = true;
    });
    if (!hasScan) damaged("it has no pixels");
    return hasEnd;
  },
});
