import { expect, test } from "vitest";
import { limitJson } from "@/lib/replicate/limit-json";
import { encodeWav } from "../../../../../sandbox/replicate/file-formats/wav.ts";
import { serve } from "../serve.ts";

test("whisper returns its sentence", async () => {
  const { replicate } = await serve();
  const { results } = await replicate.models.versions.list("openai", "whisper");
  const output = await replicate.run(`openai/whisper:${results[0]?.id}`, {
    input: { audio: "data:audio/wav;base64,UklGRg==" },
  });
  expect(output).toMatchObject({ detected_language: "english", transcription: expect.any(String), srt_file: null });
});

test("whisper's transcript of a WAV is as long as the recording", async () => {
  const { replicate } = await serve();
  const { results } = await replicate.models.versions.list("openai", "whisper");
  // A recording of an hour: 3600 bytes of sound, one byte per second.
  const hour = Buffer.from(encodeWav(0.075, 1));
  hour.writeUInt32LE(1, 28);
  const audio = `data:audio/wav;base64,${hour.toString("base64")}`;
  const output = await replicate.run(`openai/whisper:${results[0]?.id}`, { input: { audio } });
  const { json, isCut } = limitJson(output);
  expect(isCut).toBe(false);
  expect(json).toEqual(output);
  expect(output).toMatchObject({ segments: { length: 1125, 1124: { start: 3596.8, end: 3600 } } });
});
