import sharp from "sharp";

const NEAR = 26;
const FAR = 78;

/**
 * Makes all pixels transparent whose colour is similar to the border of the image. The remaining part has a soft edge. Returns a
 * PNG with alpha.
 */
export async function removeBackground(bytes: Uint8Array): Promise<Buffer> {
  const { data, info } = await sharp(bytes)
    .ensureAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const border = borderColour(data, width, height);
  for (let at = 0; at < data.length; at += 4) {
    const distance = Math.hypot(
      (data[at] ?? 0) - border.red,
      (data[at + 1] ?? 0) - border.green,
      (data[at + 2] ?? 0) - border.blue,
    );
    const t = Math.min(1, Math.max(0, (distance - NEAR) / (FAR - NEAR)));
    data[at + 3] = Math.round((data[at + 3] ?? 255) * t * t * (3 - 2 * t));
  }
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 2 })
    .toBuffer();
}

/**
 * Returns the median of each channel along the four edges. Unlike the mean, the median does not change much if the subject
 * touches an edge.
 */
function borderColour(data: Uint8Array, width: number, height: number) {
  const edge: number[] = [];
  for (let x = 0; x < width; x++) edge.push(x * 4, ((height - 1) * width + x) * 4);
  for (let y = 0; y < height; y++) edge.push(y * width * 4, (y * width + width - 1) * 4);
  const median = (channel: number) => {
    const values = edge.map((at) => data[at + channel] ?? 0).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? 0;
  };
  return { red: median(0), green: median(1), blue: median(2) };
}
