import "server-only";
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { ByteRange } from "./byte-range";
import { directoryEntry, endOfArchive, localHeader } from "./zip-records";

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * A file whose size (bytes) and checksum are known before it is read. `open` returns the bytes of a range, or null if the file
 * does not exist any more. It must return the same bytes each time.
 */
export type PlannedFile = {
  name: string;
  createdAt: Date;
  size: number;
  crc32: number;
  open: (range: ByteRange) => Promise<Bytes | null>;
};

/**
 * An archive that can be read from any offset. `etag` is a strong ETag: archives with the same ETag have the same bytes. `read`
 * throws `UnreadableFile` if the bytes of a file are missing or have changed.
 */
export type PlannedZip = { length: number; etag: string; read: (range: ByteRange) => AsyncGenerator<Uint8Array> };

/** A part of the archive: one file, or records of the ZIP format. For records, `file` is null. */
type Section = { length: number; file: PlannedFile | null; open: (range: ByteRange) => Promise<Bytes | null> };
type Piece = Section & { range: ByteRange };

/**
 * A file of at most this size (bytes) is read into memory while the reader still receives an earlier file. Otherwise the reader
 * would have to wait for storage at each small file.
 */
const SMALL = 2_000_000;
/**
 * The largest number of bytes and of sections that are read into memory in advance for one reader of an archive. Every second
 * section is not a file, but the header of a file.
 */
const MAX_AHEAD_BYTES = 8_000_000;
const MAX_AHEAD = 16;

/** Thrown if the bytes of a file are not the planned ones, because the file is missing, cut off or damaged. */
export class UnreadableFile extends Error {
  override name = "UnreadableFile";
  readonly file: PlannedFile;

  constructor(file: PlannedFile) {
    super(`The file ${file.name} is missing or damaged in storage.`);
    this.file = file;
  }
}

/** Plans a ZIP of uncompressed files, in this order. Each file must have less than 4 GB, and a name of its own. */
export function planZip(files: PlannedFile[]): PlannedZip {
  const sections: Section[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const header = localHeader(file, file);
    sections.push(ofRecords(header), { length: file.size, file, open: file.open });
    entries.push(directoryEntry({ ...file, offset }, true));
    offset += header.length + file.size;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.concat([directory, endOfArchive(files.length, directory.length, offset)]);
  sections.push(ofRecords(end));
  // `end` contains the ZIP directory with the name, the time, the size and the checksum of each file. So the ETag is different if
  // any of them is different.
  const etag = `"${createHash("sha256").update(end).digest("hex").slice(0, 32)}"`;
  return { length: offset + end.length, etag, read: (range) => readPieces(cut(sections, range)) };
}

function ofRecords(bytes: Buffer): Section {
  return { length: bytes.length, file: null, open: async ({ start, end }) => [bytes.subarray(start, end + 1)] };
}

/** Returns the parts of the sections that are in the range. */
function cut(sections: Section[], { start, end }: ByteRange): Piece[] {
  let offset = 0;
  return sections.flatMap((section) => {
    const range = { start: Math.max(0, start - offset), end: Math.min(section.length - 1, end - offset) };
    offset += section.length;
    return range.start <= range.end ? { ...section, range } : [];
  });
}

async function* readPieces(pieces: Piece[]): AsyncGenerator<Uint8Array> {
  const left = new AbortController();
  const loaded = new Map<Piece, Promise<Uint8Array[]>>();
  let [next, bytes] = [0, 0];
  const hasRoomFor = (piece: Piece) => loaded.size < MAX_AHEAD && bytes + lengthOf(piece) <= MAX_AHEAD_BYTES;
  try {
    for (const [index, piece] of pieces.entries()) {
      for (; next < pieces.length; next += 1) {
        const following = pieces[next];
        if (!following || lengthOf(following) > SMALL || !hasRoomFor(following)) break;
        const loading = load(following, left.signal);
        // If loading fails, the error is thrown later, when the piece is needed.
        loading.catch(() => {});
        loaded.set(following, loading);
        bytes += lengthOf(following);
      }
      const chunks = await loaded.get(piece);
      if (chunks) {
        for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) yield chunk;
        loaded.delete(piece);
        bytes -= lengthOf(piece);
      } else {
        next = index + 1;
        yield* readPiece(piece);
      }
    }
  } finally {
    left.abort();
  }
}

/** Reads a piece into memory. Stops early if the reader of the archive has disconnected. */
async function load(piece: Piece, left: AbortSignal): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readPiece(piece)) {
    if (left.aborted) break;
    chunks.push(chunk);
  }
  return chunks;
}

/** Reads a piece, and checks that it has the planned length. If the piece is a whole file, also checks the checksum. */
async function* readPiece(piece: Piece): AsyncGenerator<Uint8Array> {
  const { file, range, open } = piece;
  const expected = lengthOf(piece);
  let [length, sum] = [0, 0];
  for await (const chunk of (await open(range)) ?? []) {
    length += chunk.length;
    if (file && length > expected) throw new UnreadableFile(file);
    sum = crc32(chunk, sum);
    if (chunk.length > 0) yield chunk;
  }
  const isWhole = file?.size === expected;
  if (file && (length < expected || (isWhole && sum !== file.crc32))) throw new UnreadableFile(file);
}

function lengthOf({ range }: Piece): number {
  return range.end - range.start + 1;
}
