const ORIENTATION = 0x0112;

/**
 * Returns the orientation in Exif metadata, which has the structure of a TIFF file: 1 if the pixels are upright, 2 to 8 if they
 * must be turned or mirrored. Returns 1 if the metadata contains no orientation.
 */
export function readOrientation(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const isLittle = view.getUint16(0) === 0x4949;
    const directory = view.getUint32(4, isLittle);
    const count = view.getUint16(directory, isLittle);
    for (let index = 0; index < count; index += 1) {
      const entry = directory + 2 + index * 12;
      if (view.getUint16(entry, isLittle) !== ORIENTATION) continue;
      const value = view.getUint16(entry + 8, isLittle);
      return value >= 1 && value <= 8 ? value : 1;
    }
  } catch (error) {
    // If the directory reaches beyond the end of the metadata, there is no orientation. Browsers ignore such a directory too.
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}
