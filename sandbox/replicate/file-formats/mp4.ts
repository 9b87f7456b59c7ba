export const FRAMES_PER_SECOND = 12;

/** Encodes frames of RGBA bytes as H.264 in an MP4. Width and height (px) must be even. */
export async function encodeMp4(frames: Iterable<Uint8Array>, width: number, height: number): Promise<Uint8Array> {
  // The encoder is a megabyte of code, so it is loaded only when the first video is made.
  const { default: h264 } = await import("h264-mp4-encoder");
  const encoder = await h264.createH264MP4Encoder();
  Object.assign(encoder, { width, height, frameRate: FRAMES_PER_SECOND, quantizationParameter: 32, speed: 10 });
  encoder.initialize();
  for (const frame of frames) encoder.addFrameRgba(frame);
  encoder.finalize();
  const bytes = encoder.FS.readFile(encoder.outputFilename, { encoding: "binary" });
  encoder.FS.unlink(encoder.outputFilename);
  encoder.delete();
  return bytes;
}
