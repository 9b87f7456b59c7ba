import sharp from "sharp";

export type Box = { left: number; top: number; width: number; height: number };

/**
 * Draws boxes (px) and returns a PNG. If `fill` is true, the boxes are white areas of a black mask. Otherwise they are red frames
 * on the image.
 */
export async function drawBoxes(bytes: Uint8Array, boxes: Box[], fill: boolean): Promise<Buffer> {
  const upright = await sharp(bytes).autoOrient().png({ compressionLevel: 0 }).toBuffer();
  const { width, height } = await sharp(upright).metadata();
  const style = fill ? 'fill="white"' : `fill="none" stroke="red" stroke-width="${Math.ceil(width / 200)}"`;
  const shapes = boxes.map(
    (box) => `<rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" ${style}/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join("")}</svg>`;
  const ground = fill ? sharp({ create: { width, height, channels: 3, background: "black" } }) : sharp(upright);
  return ground
    .composite([{ input: Buffer.from(svg) }])
    .png({ compressionLevel: 2 })
    .toBuffer();
}
