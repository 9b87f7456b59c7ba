import { readFileSync } from "node:fs";

/**
 * An MP3 file of a chord that becomes louder and quieter. The frames of the file have a constant size and do not depend on each
 * other, so copies of the file can be joined.
 */
const CHORD = readFileSync(new URL("clips/chord.mp3", import.meta.url));
const CHORD_SECONDS = 1.032;

/** Returns an MP3 that repeats the chord: 24 kHz, mono, 32 kilobits per second. */
export function encodeMp3(seconds: number): Uint8Array {
  return Buffer.concat(Array.from({ length: Math.max(1, Math.round(seconds / CHORD_SECONDS)) }, () => CHORD));
}
