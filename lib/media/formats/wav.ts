import { damaged, type Format, factsOf, Reader, readAt, signatureOf, toMs } from "./format";

const FIRST_CHUNK = 12;
const MAX_CHUNKS = 1000;
/**
 * If a length in the file is at least this number, the real length is unknown. A program that writes to a pipe does not know the
 * length in advance, so it writes such a large number, or 0, in place of the length.
 */
const UNKNOWN = 0x7ffff000;

/** A WAV is a RIFF file: it states its size, and its chunks are padded to even length. The chunk `data` has the sound. */
export const wav: Format = {
  signatures: [signatureOf("RIFF????WAVE")],

  async inspect({ blob }) {
    const total = new Reader(await readAt(blob, 4, 4)).uint32("little");
    if (total < UNKNOWN && total + 8 > blob.size) damaged("it ends too early");
    let bytesPerSecond = 0;
    let at = FIRST_CHUNK;
    for (let count = 0; count < MAX_CHUNKS; count += 1) {
      const reader = new Reader(await readAt(blob, at, 24));
      const tag = reader.tag();
      const length = reader.uint32("little");
      const start = at + 8;
      if (tag === "data") {
        const isUnknown = length >= UNKNOWN || (length === 0 && total === 0);
        if (!isUnknown && start + length > blob.size) damaged("it ends too early");
        const bytes = isUnknown ? blob.size - start : length;
        return factsOf("audio/wav", "wav", { duration_ms: bytesPerSecond > 0 ? toMs(bytes / bytesPerSecond) : null });
      }
      if (tag === "fmt ") {
        reader.skip(8);
        bytesPerSecond = reader.uint32("little");
      }
      at = start + length + (length % 2);
    }
    damaged("it has no sound");
  },
};
