import { damaged, type Format, factsOf, Reader, readAt, signatureOf } from "./format";

/** The last record of a ZIP has this length (bytes). After the record, a comment of at most `MAX_COMMENT` bytes may follow. */
const RECORD = 22;
const MAX_COMMENT = 0xffff;
/** This value of a field means that the real number is in another record (ZIP64). */
const ELSEWHERE = 0xffffffff;
/**
 * The end marker of a PDF must be within this many bytes of the file's end. Other bytes may follow the marker, because PDF
 * readers accept that.
 */
const PDF_END = 2048;

/** A ZIP (APPNOTE 4.3) has files, then a directory, then a record that says where the directory is. */
export const zip: Format = {
  signatures: [signatureOf("PK\x03\x04"), signatureOf("PK\x05\x06")],

  async inspect({ blob, extension }) {
    const start = Math.max(0, blob.size - RECORD - MAX_COMMENT);
    const end = Buffer.from(await readAt(blob, start, RECORD + MAX_COMMENT));
    const at = end.lastIndexOf("PK\x05\x06", undefined, "latin1");
    if (at === -1) damaged("it has no directory");
    const reader = new Reader(end, at + 12);
    const [size, offset] = [reader.uint32("little"), reader.uint32("little")];
    const isComplete = size === ELSEWHERE || offset === ELSEWHERE || offset + size <= start + at;
    if (!isComplete || at + RECORD + reader.uint16("little") > end.length) damaged("its directory is incomplete");
    // Many other formats are a ZIP with another extension, so the given extension is kept.
    return factsOf("application/zip", extension ?? "zip");
  },
};

/** A PDF (ISO 32000-1, 7.5) has an end marker in its last line. */
export const pdf: Format = {
  signatures: [signatureOf("%PDF-")],

  async inspect({ blob }) {
    const end = await readAt(blob, Math.max(0, blob.size - PDF_END), PDF_END);
    if (!Buffer.from(end).includes("%%EOF")) damaged("it ends too early");
    return factsOf("application/pdf", "pdf");
  },
};
