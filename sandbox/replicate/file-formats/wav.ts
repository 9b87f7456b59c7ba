const RATE = 24_000;
const NOTE = 0.3;
/** Half tones above A3 of a pentatonic scale, on which any melody sounds good. */
const SCALE = [0, 3, 5, 7, 10, 12, 15, 17];

/** 16-bit mono samples at 24 kHz: a melody of plucked notes that depends on the seed. */
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

/** The samples of `encodeWav` without a header. */
export function encodePcm(seconds: number, seed: number): Uint8Array {
  const samples = playMelody(seconds, seed);
  return new Uint8Array(samples.buffer);
}

/** A WAV file of a melody. The same seed gives the same melody. */
export function encodeWav(seconds: number, seed: number): Uint8Array {
  const samples = encodePcm(seconds, seed);
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
