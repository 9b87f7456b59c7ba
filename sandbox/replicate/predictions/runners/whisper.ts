import { readWav } from "../../file-formats/wav.ts";
import { getDuration, readText, type Run, type Plan } from "./plan.ts";

const SENTENCE = " An image is kept when it has been developed and fixed.";
const SENTENCE_SECONDS = 3.2;

/**
 * Returns the transcript of a recording, in parts. A silent WAV file has no words. A WAV file with a comment has the words of the
 * comment. Any other WAV file has one sentence for every three seconds. In any other format, the length of the file is not known,
 * so the transcript is one sentence.
 */
function transcribe(recording: Uint8Array) {
  const { seconds, isSilent, comment } = readWav(recording) ?? {
    seconds: SENTENCE_SECONDS,
    isSilent: false,
    comment: "",
  };
  const count = isSilent ? 0 : comment ? 1 : Math.max(1, Math.ceil(seconds / SENTENCE_SECONDS));
  const parts = Array.from({ length: count }, (_, index) => ({
    start: roundTime(index * SENTENCE_SECONDS),
    end: roundTime(index === count - 1 ? seconds : (index + 1) * SENTENCE_SECONDS),
    text: comment ? ` ${comment}` : SENTENCE,
  }));
  return { seconds, parts };
}

/**
 * Acts as openai/whisper or vaibhavs10/incredibly-fast-whisper, whose outputs differ. The schema of the output shows which of the
 * two models runs: only the schema of openai/whisper has properties.
 */
export async function planWhisper(run: Run): Promise<Plan> {
  const { seconds, parts } = transcribe(await run.readFile(readText(run.input, "audio")));
  const segments = parts.map((part, id) => ({
    id,
    seek: 0,
    ...part,
    tokens: [50365, 316, 3036, 307, 4305, 562, 309, 575, 668, 4743, 293, 6806, 13, 50525],
    temperature: 0,
    avg_logprob: -0.21,
    compression_ratio: 0.96,
    no_speech_prob: 0.02,
  }));
  const text = parts.map((part) => part.text).join("");
  const chunks = parts.map(({ start, end, text: words }) => ({ text: words, timestamp: [start, end] }));
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

function roundTime(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
