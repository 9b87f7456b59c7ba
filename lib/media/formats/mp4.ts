import { damaged, type FileFacts, type Format, factsOf, Reader, readAt, signatureOf, toMs } from "./format";
import { listBoxes, listBoxesIn } from "./iso-boxes";

/** The largest number of tracks that are read from a file. */
export const MAX_TRACKS = 16;
/** In a track's header, widths and heights are in units of 1/65536 px. */
const FRACTION = 0x10000;

type Boxes = Awaited<ReturnType<typeof listBoxes>>;

/** MP4, MOV and M4A files (ISO 14496-12) consist of boxes. The box `moov` describes the tracks. */
export const mp4: Format = {
  signatures: [signatureOf("????ftyp")],

  async inspect({ blob }) {
    const boxes = await listBoxes(blob);
    const movie = await listBoxesIn(blob, boxes, "moov");
    if (movie.length === 0) {
      // A file that has no tracks, but a box `meta`, is a still image, such as a HEIC.
      if (boxes.some(({ type }) => type === "meta")) return null;
      damaged("it has no tracks");
    }
    // In a fragmented file, each fragment has a description (`moof`), then content (`mdat`). So the last of these boxes must be
    // content.
    const last = boxes.findLast(({ type }) => type === "mdat" || type === "moof");
    if (last?.type !== "mdat") damaged("it has no content");
    const tracks = await listTracks(blob, movie);
    const duration_ms = await readDuration(blob, movie);
    const video = tracks.find(({ kind }) => kind === "vide");
    if (!video) {
      return tracks.some(({ kind }) => kind === "soun") ? factsOf("audio/mp4", "m4a", { duration_ms }) : null;
    }
    const facts = { ...video.size, duration_ms };
    const isQuickTime = (await readTag(blob, 8)) === "qt  ";
    return isQuickTime ? factsOf("video/quicktime", "mov", facts) : factsOf("video/mp4", "mp4", facts);
  },
};

async function listTracks(blob: Blob, movie: Boxes) {
  const tracks: { kind: string; size: Partial<FileFacts> }[] = [];
  for (const { start, end } of movie.filter(({ type }) => type === "trak").slice(0, MAX_TRACKS)) {
    const parts = await listBoxes(blob, start, end);
    const header = parts.find(({ type }) => type === "tkhd");
    const handler = (await listBoxesIn(blob, parts, "mdia")).find(({ type }) => type === "hdlr");
    if (!header || !handler) damaged("a track has no header");
    const kind = await readTag(blob, handler.start + 8);
    tracks.push({ kind, size: readSize(await readAt(blob, header.end - 44, 44)) });
  }
  return tracks;
}

/**
 * Returns the size (px) of a video as it is shown. `end` is the end of a track's header: a matrix of nine numbers, and the width
 * and the height. The matrix may turn the video on its side: width and height are then swapped.
 */
function readSize(end: Uint8Array): Partial<FileFacts> {
  const reader = new Reader(end);
  const isOnItsSide = reader.uint32("big") === 0 && reader.uint32("big") !== 0;
  reader.offset = 36;
  const across = Math.round(reader.uint32("big") / FRACTION);
  const down = Math.round(reader.uint32("big") / FRACTION);
  if (across === 0 || down === 0) return {};
  return isOnItsSide ? { width: down, height: across } : { width: across, height: down };
}

/** Returns the duration in ms. Returns null if it is unknown, as in some fragmented files. */
async function readDuration(blob: Blob, movie: Boxes): Promise<number | null> {
  const header = movie.find(({ type }) => type === "mvhd");
  if (!header) return null;
  const reader = new Reader(await readAt(blob, header.start, 32));
  const isLong = reader.byte() === 1;
  // Skips three fields: the flags, when the file was created, and when it was last changed.
  reader.skip(isLong ? 19 : 11);
  const scale = reader.uint32("big");
  const duration = isLong ? reader.uint64("big") : reader.uint32("big");
  return duration > 0 ? toMs(duration / scale) : null;
}

async function readTag(blob: Blob, offset: number): Promise<string> {
  return new Reader(await readAt(blob, offset, 4)).tag();
}
