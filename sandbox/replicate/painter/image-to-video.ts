import sharp from "sharp";
import { encodeMp4, FRAMES_PER_SECOND } from "../file-formats/mp4.ts";

/** The image is this many times larger than a frame of the video, so that the frame can move over the image. */
const ROOM = 1.2;

/** Returns a video in which the camera moves over an image, from corner to corner. Width and height (px) must be even. */
export async function imageToVideo(bytes: Uint8Array, width: number, height: number, seconds: number) {
  const image = await sharp(bytes)
    .autoOrient()
    .resize({ width: Math.round(width * ROOM), height: Math.round(height * ROOM), fit: "cover" })
    .flatten({ background: "white" })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const count = Math.max(2, Math.round(seconds * FRAMES_PER_SECOND));
  const roomX = image.info.width - width;
  const roomY = image.info.height - height;

  function* frames() {
    for (let index = 0; index < count; index++) {
      const left = Math.round((roomX * index) / (count - 1));
      const top = Math.round((roomY * index) / (count - 1));
      const frame = new Uint8Array(width * height * 4);
      for (let y = 0; y < height; y++) {
        const from = ((top + y) * image.info.width + left) * 4;
        frame.set(image.data.subarray(from, from + width * 4), y * width * 4);
      }
      yield frame;
    }
  }
  return encodeMp4(frames(), width, height);
}
