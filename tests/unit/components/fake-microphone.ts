import { afterEach, vi } from "vitest";

export class FakeRecorder {
  state = "inactive";
  mimeType = "audio/webm;codecs=opus";
  ondataavailable = (_event: { data: Blob }) => {};
  onstop = () => {};
  start() {
    this.state = "recording";
  }
  stop() {
    this.state = "inactive";
    this.ondataavailable({ data: new Blob(["la"], { type: this.mimeType }) });
    this.onstop();
  }
}

/** Returns sound with 16,000 samples per second and this loudness (0 to 1). */
export const soundOf = (loudness: number, seconds = 1) =>
  new Float32Array(seconds * 16_000).map((_, at) => (at % 2 ? loudness : -loudness));

/**
 * Replaces the microphone, and the decoder that reads its recordings. The decoder returns `sound`, or fails if `sound` is null.
 * `open` is called when the microphone is opened, and may reject. Returns a mock that is called when the microphone is turned
 * off.
 */
export function stubMicrophone({
  sound = soundOf(0.5),
  open = async () => {},
}: { sound?: Float32Array | null; open?: () => Promise<unknown> } = {}) {
  const turnOff = vi.fn<() => void>();
  const stream = { getTracks: () => [{ stop: turnOff }] };
  const getUserMedia = () => open().then(() => stream);
  Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia }, configurable: true });
  vi.stubGlobal("MediaRecorder", FakeRecorder);
  vi.stubGlobal(
    "OfflineAudioContext",
    class {
      async decodeAudioData() {
        if (!sound) throw new DOMException("Unable to decode audio data", "EncodingError");
        return { numberOfChannels: 1, length: sound.length, getChannelData: () => sound };
      }
    },
  );
  return turnOff;
}

/** Removes the microphone after each test of the file. */
export function removeMicrophone() {
  afterEach(() => void Reflect.deleteProperty(navigator, "mediaDevices"));
}
