import { damaged, type Format, factsOf, Reader, readAt, signatureOf } from "./format";
import { listBoxes, listBoxesIn } from "./iso-boxes";

/** An AVIF consists of boxes, like an MP4. The image is not decoded: its size is read from its properties. */
export const avif: Format = {
  signatures: [signatureOf("????ftypavif"), signatureOf("????ftypavis"), signatureOf("????ftypmif1")],

  async inspect({ blob }) {
    const boxes = await listBoxes(blob);
    if (!(await isAvif(blob, boxes))) return null;
    const properties = await listBoxesIn(blob, boxes, "meta", "iprp", "ipco");
    if (!boxes.some(({ type }) => type === "mdat" || type === "moov")) damaged("it has no pixels");
    const sizes: { width: number; height: number }[] = [];
    let isOnItsSide = false;
    for (const { type, start, end } of properties) {
      const reader = new Reader(await readAt(blob, start, Math.min(12, end - start)));
      // The box `irot` contains the number of quarter turns of the image. After an odd number, width and height are swapped.
      if (type === "irot") isOnItsSide ||= (reader.byte() & 1) === 1;
      if (type !== "ispe") continue;
      reader.skip(4);
      sizes.push({ width: reader.uint32("big"), height: reader.uint32("big") });
    }
    // A file may contain several sizes. The largest one is the size of the whole image. The others are the sizes of its tiles and
    // of its thumbnail.
    const [size] = sizes.toSorted((a, b) => b.width * b.height - a.width * a.height);
    if (!size || size.width === 0 || size.height === 0) damaged("it has no size");
    return factsOf("image/avif", "avif", isOnItsSide ? { width: size.height, height: size.width } : size);
  },
};

/**
 * Whether one of the brands of a file is AVIF. The first box of the file names them: the main brand, then a version, then the
 * other brands.
 */
async function isAvif(blob: Blob, boxes: Awaited<ReturnType<typeof listBoxes>>): Promise<boolean> {
  const [{ start, end } = { start: 0, end: 0 }] = boxes;
  const brands = Buffer.from(await readAt(blob, start, Math.min(256, end - start))).toString("latin1");
  return /^(.{4})*avi[fs]/s.test(brands);
}
