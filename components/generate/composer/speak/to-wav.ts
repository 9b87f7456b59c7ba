import { MAX_SPOKEN_SECONDS } from "@/lib/limits/default-limits";

/** The sample rate of the WAV file (samples per second). Speech models need no higher rate. A minute of sound has only 1.9 MB. */
const rate = 16_000;
/**
 * A recording contains speech if it is louder than `quiet` for at least `shortest` (s). `quiet` is a share of the loudest
 * possible sound.
 */
const quiet = 0.005;
const shortest = 0.1;
/** The loudness is measured over parts of this length (samples). */
const part = rate / 50;

/**
 * Converts a recording to a WAV file, because every speech model takes this format, and the server can read the length of a WAV
 * file. Returns null if the recording is silent. Throws if the browser cannot read the recording, for example because it is too
 * short.
 */
export async function toWav(recording: Blob): Promise<File | null> {
  const sound = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await recording.arrayBuffer());
  const samples = mix(sound).subarray(0, MAX_SPOKEN_SECONDS * rate);
  return isSilent(samples) ? null : new File([encode(samples)], "Speech.wav", { type: "audio/wav" });
}

/** Mixes all channels into one, by averaging them. */
function mix(sound: AudioBuffer): Float32Array {
  const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index));
  return Float32Array.from({ length: sound.length }, (_, at) => {
    return channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length;
  });
}

function isSilent(samples: Float32Array): boolean {
  const parts = Array.from({ length: Math.floor(samples.length / part) }, (_, index) => {
    return loudness(samples.subarray(index * part, (index + 1) * part));
  });
  return parts.filter((level) => level > quiet).length * (part / rate) < shortest;
}

/** Returns the loudness of these samples (the root mean square), from 0 to 1. */
export function loudness(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
}

/** Returns the bytes of a WAV file with one channel of 16-bit samples. */
function encode(samples: Float32Array): ArrayBuffer {
  const header = 44;
  const bytes = samples.length * 2;
  const view = new DataView(new ArrayBuffer(header + bytes));
  // The tags "RIFF", "WAVE", "fmt " and "data" are written as big-endian numbers. All other numbers are little-endian (`true`).
  view.setUint32(0, 0x52494646);
  view.setUint32(4, header - 8 + bytes, true);
  view.setUint32(8, 0x57415645);
  view.setUint32(12, 0x666d7420);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  view.setUint32(36, 0x64617461);
  view.setUint32(40, bytes, true);
  samples.forEach((sample, index) => {
    view.setInt16(header + index * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true);
  });
  return view.buffer;
}
