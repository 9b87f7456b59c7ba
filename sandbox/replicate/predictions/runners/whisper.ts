import { getDuration, readText, type Run, type Plan } from "./plan.ts";

const SENTENCE = " An image is kept when it has been developed and fixed.";
const SENTENCE_SECONDS = 3.2;

/**
 * openai/whisper, and vaibhavs10/incredibly-fast-whisper, whose schema does not describe its output. They return the same
 * sentence for every recording: again and again for a WAV file, which says how long it is, else once.
 */
export async function planWhisper(run: Run): Promise<Plan> {
  const seconds = readSeconds(Buffer.from(await run.readFile(readText(run.input, "audio"))));
  const segments = Array.from({ length: Math.max(1, Math.ceil(seconds / SENTENCE_SECONDS)) }, (_, id) => ({
    id,
    seek: 0,
    start: roundTime(id * SENTENCE_SECONDS),
    end: roundTime((id + 1) * SENTENCE_SECONDS),
    text: SENTENCE,
    tokens: [50365, 316, 3036, 307, 4305, 562, 309, 575, 668, 4743, 293, 6806, 13, 50525],
    temperature: 0,
    avg_logprob: -0.21,
    compression_ratio: 0.96,
    no_speech_prob: 0.02,
  }));
  const text = SENTENCE.repeat(segments.length);
  const chunks = segments.map(({ start, end }) => ({ text: SENTENCE, timestamp: [start, end] }));
  const output = {
    segments,
    srt_file: null,
    txt_file: null,
    translation: null,
    transcription: text,
    detected_language: "english",
  };
  return {
    events: [
      { at: 0, log: "Transcribe with large-v3 model." },
      { at: 100, log: `Audio duration: ${roundTime(seconds)} sec` },
    ],
    duration: getDuration(run, 1_500),
    makeFiles: async () => [],
    toOutput: () => (run.schemas.Output?.properties ? output : { text, chunks }),
  };
}

/** The duration of a WAV file with the usual header of 44 bytes; that of one sentence for any other file. */
function readSeconds(file: Buffer): number {
  if (file.length <= 44 || file.toString("latin1", 0, 4) !== "RIFF") return SENTENCE_SECONDS;
  return (file.length - 44) / file.readUInt32LE(28);
}

function roundTime(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
