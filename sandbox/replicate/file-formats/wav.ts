const RATE = 24_000;
const NOTE = 0.3;
/** The notes of a melody, in half tones above A3. They are a pentatonic scale: every melody of these notes sounds good. */
const SCALE = [0, 3, 5, 7, 10, 12, 15, 17];

/** Returns the 16-bit mono samples (24 kHz) of a melody of plucked notes. The seed chooses the melody. */
function playMelody(seconds: number, seed: number): Int16Array {
  const samples = new Int16Array(Math.round(seconds * RATE));
  for (let at = 0; at < samples.length; at++) {
    const note = Math.floor(at / (NOTE * RATE));
    const time = at / RATE - note * NOTE;
    const step = SCALE[(seed * 7 + note * note * 3 + note) % SCALE.length] ?? 0;
    const fade = Math.min(1, time * 200) * Math.exp(-time * 6);
    samples[at] = Math.sin(2 * Math.PI * 220 * 2 ** (step / 12) * time) * fade * 12_000;
  }
  return samples;
}

/** Returns the same sound as `encodeWav`, but without the header of a WAV file. */
export function encodePcm(seconds: number, seed: number): Uint8Array {
  const samples = playMelody(seconds, seed);
  return new Uint8Array(samples.buffer);
}

/** Returns a WAV file of a melody. The same seed gives the same melody. `comment` is saved in the metadata of the file. */
export function encodeWav(seconds: number, seed: number, comment = ""): Uint8Array {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(RATE, 4);
  format.writeUInt32LE(RATE * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const words = Buffer.from(comment);
  const info = comment ? [chunk("LIST", Buffer.from("INFO"), chunk("ICMT", words))] : [];
  const parts = [chunk("fmt ", format), ...info, chunk("data", encodePcm(seconds, seed))];
  return chunk("RIFF", Buffer.from("WAVE"), ...parts);
}

function chunk(name: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.write(name, 0, "latin1");
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

/** Returns the name and the bytes of each chunk (part) of a WAV file. */
function* readChunks(bytes: Buffer): Generator<[name: string, body: Buffer]> {
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    yield [bytes.toString("latin1", at, at + 4), bytes.subarray(at + 8, at + 8 + length)];
    at += 8 + length + (length % 2);
  }
}

/**
 * Returns what a 16-bit WAV file contains: its length, whether it is silent (all samples are below 1 % of the maximum), and its
 * comment. Returns null for any other file.
 */
export function readWav(bytes: Uint8Array): { seconds: number; isSilent: boolean; comment: string } | null {
  const file = Buffer.from(bytes);
  if (file.toString("latin1", 0, 4) !== "RIFF" || file.toString("latin1", 8, 12) !== "WAVE") return null;
  const chunks = new Map(readChunks(file.subarray(12)));
  const [format, data, info] = [chunks.get("fmt "), chunks.get("data"), chunks.get("LIST")];
  if (!format || format.length < 16 || !data || format.readUInt16LE(14) !== 16) return null;
  const comment = new Map(readChunks(info?.subarray(4) ?? Buffer.alloc(0))).get("ICMT")?.toString() ?? "";
  let isSilent = true;
  for (let at = 0; at + 2 <= data.length && isSilent; at += 2) isSilent = Math.abs(data.readInt16LE(at)) < 328;
  return { seconds: data.length / format.readUInt32LE(8), isSilent, comment: comment.replace(/\0+$/, "") };
}
