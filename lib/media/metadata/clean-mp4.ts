import { readAt } from "@/lib/media/formats/format";
import { type Box, listBoxes, listBoxesIn } from "@/lib/media/formats/iso-boxes";
import { MAX_TRACKS } from "@/lib/media/formats/mp4";

const FREE = new TextEncoder().encode("free");
/** The identifier of XMP metadata in a box of the type `uuid`. */
const XMP = "be7acfcb97a942e89c71999491e3afac";
const ZEROS = new Blob([new Uint8Array(0x10000)]);

/**
 * Returns an MP4, MOV or M4A file without the metadata of the film and of its tracks, such as the place where it was recorded.
 * `blob` must have passed `inspectUpload`. A file contains the offsets of its media data, so this data must not move: each box
 * with metadata is replaced by an empty box of the same length. The media data itself stays, even if it contains a track of
 * places, which some action cameras record. Returns the same blob if there is no metadata.
 */
export async function cleanMp4(blob: Blob): Promise<Blob> {
  const boxes = await listBoxes(blob);
  const movie = await listBoxesIn(blob, boxes, "moov");
  const tracks = movie.filter(({ type }) => type === "trak").slice(0, MAX_TRACKS);
  const parts = await Promise.all(tracks.map(({ start, end }) => listBoxes(blob, start, end)));
  const found = [...movie, ...parts.flat()].filter(({ type }) => type === "udta" || type === "meta");
  for (const box of [...boxes, ...movie]) if (await isXmp(blob, box)) found.push(box);
  return found.length > 0 ? emptyBoxes(blob, found) : blob;
}

async function isXmp(blob: Blob, { type, start }: Box): Promise<boolean> {
  return type === "uuid" && Buffer.from(await readAt(blob, start, XMP.length / 2)).toString("hex") === XMP;
}

function emptyBoxes(blob: Blob, boxes: Box[]): Blob {
  const parts: BlobPart[] = [];
  let copied = 0;
  for (const { header, start, end } of boxes.toSorted((a, b) => a.start - b.start)) {
    const length = end - start;
    const zeros = Array<Blob>(Math.floor(length / ZEROS.size)).fill(ZEROS);
    // The type of the box is in bytes 4 to 7 of its header. It is replaced by the type `free`.
    parts.push(blob.slice(copied, header + 4), FREE, blob.slice(header + 8, start));
    parts.push(...zeros, ZEROS.slice(0, length % ZEROS.size));
    copied = end;
  }
  return new Blob([...parts, blob.slice(copied)]);
}
