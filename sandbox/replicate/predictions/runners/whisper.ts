import { getDuration, readText, type Run, type Plan } from "./plan.ts";

const SENTENCE = " An image is kept when it has been developed and fixed.";

/**
 * openai/whisper, and vaibhavs10/incredibly-fast-whisper, whose schema does not describe its output. They return the same
 * sentence for every recording.
 */
export async function planWhisper(run: Run): Promise<Plan> {
  await run.readFile(readText(run.input, "audio"));
  const segment = {
    id: 0,
    seek: 0,
    start: 0,
    end: 3.2,
    text: SENTENCE,
    tokens: [50365, 316, 3036, 307, 4305, 562, 309, 575, 668, 4743, 293, 6806, 13, 50525],
    temperature: 0,
    avg_logprob: -0.21,
    compression_ratio: 0.96,
    no_speech_prob: 0.02,
  };
  const chunks = [{ text: SENTENCE, timestamp: [0, 3.2] }];
  const output = {
    segments: [segment],
    srt_file: null,
    txt_file: null,
    translation: null,
    transcription: SENTENCE,
    detected_language: "english",
  };
  return {
    events: [
      { at: 0, log: "Transcribe with large-v3 model." },
      { at: 100, log: "Audio duration: 3.2 sec" },
    ],
    duration: getDuration(run, 1_500),
    makeFiles: async () => [],
    toOutput: () => (run.schemas.Output?.properties ? output : { text: SENTENCE, chunks }),
  };
}
