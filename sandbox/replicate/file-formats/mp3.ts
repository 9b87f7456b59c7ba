import { readFileSync } from "node:fs";

/**
 * A chord that becomes louder and quieter. Its MP3 frames have a constant size and do not depend on each other, so copies of it
 * can be joined.
 */
const CHORD = readFileSync(new URL("clips/chord.mp3", import.meta.url));
const CHORD_SECONDS = 1.032;

/** An MP3 that plays the chord again and again: 24 kHz, mono, 32 kilobits per second. */
export function encodeMp3(seconds: number): Uint8Array {
  return Buffer.concat(Array.from({ length: Math.max(1, Math.round(seconds / CHORD_SECONDS)) }, () => CHORD));
}
