import { damaged, type FileFacts, type Format, factsOf, Reader, readAt, toMs } from "./format";

/** An element, and the offsets of its content in the file. `end` is null if the file does not state the length of the element. */
type Element = { id: number; start: number; end: number | null };

/** The ids of elements (RFC 9559). */
const ID = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackType: 0x83,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cluster: 0x1f43b675,
};
/** The value of `trackType` for a video. */
const VIDEO = 1;
/**
 * The largest number of elements before the first cluster, and of tracks; no real file has more. Without limits, a malicious file
 * could take a long time.
 */
const MAX_ELEMENTS = 1000;
const MAX_TRACKS = 16;

/** A WebM (RFC 8794) has a header, then a segment. The segment describes the tracks, and contains their content in clusters. */
export const webm: Format = {
  signatures: [[0x1a, 0x45, 0xdf, 0xa3]],

  async inspect({ blob }) {
    const header = await readElement(blob, 0);
    if (header.end === null) damaged("its header has no end");
    const docType = find(await listElements(blob, header), ID.docType);
    // Matroska has the same structure, but browsers do not play it.
    if (!docType || (await readText(blob, docType)) !== "webm") return null;
    const segment = await readElement(blob, header.end);
    if (segment.id !== ID.segment) damaged("it has no segment");

    const parts = await listElements(blob, segment, ID.cluster);
    const [tracks, info] = [find(parts, ID.tracks), find(parts, ID.info)];
    if (!tracks || !find(parts, ID.cluster)) damaged("it has no content");
    const duration_ms = info ? await readDuration(blob, info) : null;
    const video = await findVideo(blob, tracks);
    if (!video) return factsOf("audio/webm", "webm", { duration_ms });
    return factsOf("video/webm", "webm", { ...(await readSize(blob, video)), duration_ms });
  },
};

/** Returns the elements inside another element, up to and including the first one with the id `last`. */
async function listElements(blob: Blob, { start, end }: Element, last?: number): Promise<Element[]> {
  const elements: Element[] = [];
  for (let at = start; at < (end ?? blob.size);) {
    if (elements.length === MAX_ELEMENTS) damaged("it has too many elements");
    const element = await readElement(blob, at);
    elements.push(element);
    if (element.id === last || element.end === null) break;
    at = element.end;
  }
  return elements;
}

async function readElement(blob: Blob, offset: number): Promise<Element> {
  const reader = new Reader(await readAt(blob, offset, 12));
  const id = readNumber(reader, true);
  const size = readNumber(reader, false);
  const start = offset + reader.offset;
  if (size === null) return { id: id ?? 0, start, end: null };
  if (start + size > blob.size) damaged("it ends too early");
  return { id: id ?? 0, start, end: start + size };
}

/**
 * Reads a number of variable length. The first byte begins with some 0 bits and then a 1 bit: the number of 0 bits is the number
 * of further bytes. In an id (`keepsMarker`), the 1 bit belongs to the value. In a length, it does not. Returns null for an
 * unknown length, whose bits after this 1 bit are all 1.
 */
function readNumber(reader: Reader, keepsMarker: boolean): number | null {
  const first = reader.byte();
  const length = Math.clz32(first) - 23;
  if (length > 8) damaged("an element has no size");
  let value = keepsMarker ? first : first & (0xff >> length);
  let isUnknown = !keepsMarker && value === 0xff >> length;
  for (const byte of reader.take(length - 1)) {
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return isUnknown ? null : value;
}

/** Returns the duration in ms. In the file, the unit of the duration is `timestampScale` nanoseconds. */
async function readDuration(blob: Blob, info: Element): Promise<number | null> {
  const elements = await listElements(blob, info);
  const [scale, duration] = [find(elements, ID.timestampScale), find(elements, ID.duration)];
  if (!duration) return null;
  const bytes = await readContent(blob, duration);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value = bytes.length === 4 ? view.getFloat32(0) : bytes.length === 8 ? view.getFloat64(0) : 0;
  const nanoseconds = scale ? await readInteger(blob, scale) : 1_000_000;
  return value > 0 ? toMs((value * nanoseconds) / 1e9) : null;
}

async function findVideo(blob: Blob, tracks: Element): Promise<Element | null> {
  const entries = (await listElements(blob, tracks)).filter(({ id }) => id === ID.track);
  for (const entry of entries.slice(0, MAX_TRACKS)) {
    const elements = await listElements(blob, entry);
    const [type, video] = [find(elements, ID.trackType), find(elements, ID.video)];
    if (type && video && (await readInteger(blob, type)) === VIDEO) return video;
  }
  return null;
}

async function readSize(blob: Blob, video: Element): Promise<Partial<FileFacts>> {
  const elements = await listElements(blob, video);
  const [across, down] = [find(elements, ID.pixelWidth), find(elements, ID.pixelHeight)];
  if (!across || !down) return {};
  const [width, height] = [await readInteger(blob, across), await readInteger(blob, down)];
  return width > 0 && height > 0 ? { width, height } : {};
}

function find(elements: Element[], wanted: number): Element | undefined {
  return elements.find(({ id }) => id === wanted);
}

async function readInteger(blob: Blob, element: Element): Promise<number> {
  return (await readContent(blob, element)).reduce((value, byte) => value * 256 + byte, 0);
}

async function readText(blob: Blob, element: Element): Promise<string> {
  return Buffer.from(await readContent(blob, element))
    .toString("latin1")
    .replace(/\0+$/, "");
}

/** Returns the content of an element, but at most 64 bytes. Texts and numbers are shorter. */
function readContent(blob: Blob, { start, end }: Element): Promise<Uint8Array> {
  return readAt(blob, start, Math.min(64, (end ?? start) - start));
}
