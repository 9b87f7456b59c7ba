import { afterEach, expect, test, vi } from "vitest";
import { loudness, toWav } from "@/components/generate/composer/speak/to-wav";
import { readWav } from "../../../../../../sandbox/replicate/file-formats/wav.ts";
import { soundOf, stubMicrophone } from "../../../fake-microphone";

afterEach(() => void vi.unstubAllGlobals());

async function convert(sound: Float32Array) {
  stubMicrophone({ sound });
  const file = await toWav(new Blob(["opus"]));
  return file && { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}

test("a recording becomes a WAV file of the same length", async () => {
  const file = await convert(soundOf(0.5, 3));
  expect([file?.name, file?.type, file?.bytes.length]).toEqual(["Speech.wav", "audio/wav", 44 + 3 * 32_000]);
  expect(file && readWav(file.bytes)).toEqual({ seconds: 3, isSilent: false, comment: "" });
  const view = file && new DataView(file.bytes.buffer);
  expect([view?.getInt16(44, true), view?.getInt16(46, true)]).toEqual([-16_383, 16_383]);
});

test("the samples that are too loud are cut off, and not turned around", async () => {
  const file = await convert(soundOf(1.5));
  expect(file && new DataView(file.bytes.buffer).getInt16(46, true)).toBe(0x7fff);
});

test("nothing after a minute is sent", async () => {
  const file = await convert(soundOf(0.5, 61));
  expect(file && readWav(file.bytes)?.seconds).toBe(60);
});

test.each([
  ["silence", soundOf(0)],
  ["noise", soundOf(0.004)],
  ["a click", Float32Array.from(soundOf(0), (_, at) => (at < 300 ? 0.9 : 0))],
])("%s is no speech", async (_, sound) => {
  expect(await convert(sound)).toBeNull();
});

test("a quiet voice is speech", async () => {
  expect(await convert(soundOf(0.01))).not.toBeNull();
});

test("of two channels, both are heard", async () => {
  stubMicrophone();
  const [left, right] = [soundOf(0), soundOf(0.5)];
  const decodeAudioData = async () => ({
    numberOfChannels: 2,
    length: right.length,
    getChannelData: (channel: number) => (channel ? right : left),
  });
  vi.stubGlobal(
    "OfflineAudioContext",
    class {
      decodeAudioData = decodeAudioData;
    },
  );
  const file = await toWav(new Blob());
  expect(file && new DataView(await file.arrayBuffer()).getInt16(46, true)).toBe(8191);
});

test("loudness is the effective value", () => {
  expect(loudness(soundOf(0.5))).toBeCloseTo(0.5);
  expect(loudness(Float32Array.of(1, 0, 0, 0))).toBeCloseTo(0.5);
});
