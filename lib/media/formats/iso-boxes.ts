import { damaged, Reader, readAt } from "./format";

/** A box, and the offsets of its header and its content in the file. The content is between `start` and `end`. */
export type Box = { type: string; header: number; start: number; end: number };

/**
 * The most boxes that one list of boxes may have; no real file has more. Without a limit, a malicious file could take a long
 * time.
 */
const MAX_BOXES = 20_000;

/**
 * Returns the boxes between two offsets of a file (ISO 14496-12, section 4.2). Throws `UnavailableFile` if a box reaches beyond
 * `end`, or is shorter than its own header.
 */
export async function listBoxes(blob: Blob, start = 0, end = blob.size): Promise<Box[]> {
  const boxes: Box[] = [];
  let at = start;
  // A box has at least 8 bytes. Fewer bytes at the end are ignored: some programs write a few zeros after the last box.
  while (end - at >= 8) {
    if (boxes.length === MAX_BOXES) damaged("it has too many boxes");
    const reader = new Reader(await readAt(blob, at, 16));
    const short = reader.uint32("big");
    const type = reader.tag();
    // The type of a box consists of four letters. Anything else is not a box, but other data that was appended to the file.
    if (!/^[\w ©-]{4}$/.test(type)) break;
    // If this size is 1, the real size is in the 8 bytes after the type. If it is 0, the box reaches to the end.
    const size = short === 1 ? reader.uint64("big") : short === 0 ? end - at : short;
    if (size < reader.offset || at + size > end) damaged(`the box ${type} has a wrong size`);
    boxes.push({ type, header: at, start: at + reader.offset, end: at + size });
    at += size;
  }
  return boxes;
}

/**
 * Returns the boxes that are inside the box at `path`. `path` is a list of types: for example, `"moov", "trak"` is a box `trak`
 * inside the box `moov`. If several boxes have the same type, the first one is used. Returns an empty list if there is no such
 * box.
 */
export async function listBoxesIn(blob: Blob, boxes: Box[], ...path: string[]): Promise<Box[]> {
  const [type, ...rest] = path;
  const box = boxes.find((each) => each.type === type);
  if (!box) return [];
  // A box `meta` has a version (4 bytes) before its inner boxes. The other boxes that we look into have none.
  const inner = await listBoxes(blob, box.start + (type === "meta" ? 4 : 0), box.end);
  return rest.length === 0 ? inner : listBoxesIn(blob, inner, ...rest);
}
