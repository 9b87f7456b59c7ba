import { encodeMp3 } from "../../file-formats/mp3.ts";
import { samples } from "../../file-formats/samples.ts";
import { encodePcm, encodeWav } from "../../file-formats/wav.ts";
import { promptOf } from "../../faults/magic-words.ts";
import { runTask } from "../../worker-threads/pool.ts";
import { TYPES } from "./images/draw-images.ts";
import { readInputFiles } from "./input-files.ts";
import { planObjectOutput } from "./object-output.ts";
import { flagged, type NewFile, readNumber, readText, shortenedDuration, type Plan, type Run } from "./plan.ts";

const SECONDS_PER_WORD = 0.4;
const MAX_SECONDS = 30;

/** Returns the length of the recording in seconds: the input `duration`, or the time that it takes to read the text aloud. */
function lengthOf({ input }: Run): number {
  const spoken = promptOf(input).split(/\s+/).length * SECONDS_PER_WORD;
  return Math.min(MAX_SECONDS, Math.max(1, readNumber(input, "duration", spoken)));
}

/** Returns an audio file in the format that the input asks for. Without a format, it is an MP3, as from most models. */
function makeAudio(run: Run, name = "output"): NewFile {
  const format = readText(run.input, "audio_format") || readText(run.input, "output_format");
  const seconds = lengthOf(run);
  if (format === "wav") return { name: `${name}.wav`, type: "audio/wav", bytes: encodeWav(seconds, run.seed) };
  if (format === "flac" && samples.flac) {
    return { name: `${name}.flac`, type: samples.flac.type, bytes: samples.flac.make(new Uint8Array()) };
  }
  if (format === "pcm") {
    return { name: `${name}.pcm`, type: "application/octet-stream", bytes: encodePcm(seconds, run.seed) };
  }
  return { name: `${name}.mp3`, type: "audio/mpeg", bytes: encodeMp3(seconds) };
}

/** Acts as riffusion/riffusion: makes music, and an image in place of the spectrogram of the music. */
export async function planMusicImage(run: Run): Promise<Plan> {
  const { model, seed } = run;
  const request = { model, seed, prompt: "abstract violet", width: 512, height: 512, format: "jpg" } as const;
  return planObjectOutput(run, {
    audio: async () => makeAudio(run, "gen_sound"),
    async spectrogram() {
      return { name: "spectrogram.jpg", type: TYPES.jpg, bytes: await runTask({ kind: "draw", request }) };
    },
  });
}

/**
 * Acts as cjwbw/demucs: makes one recording for each part of a song, such as the drums. If the input chooses the model
 * `htdemucs_6s`, the guitar and the piano are separate parts, too.
 */
export async function planStems(run: Run): Promise<Plan> {
  const all = run.input.model_name === "htdemucs_6s";
  const stem = (name: string) => async () => makeAudio(run, name);
  return planObjectOutput(run, {
    bass: stem("bass"),
    drums: stem("drums"),
    other: stem("other"),
    piano: all ? stem("piano") : null,
    guitar: all ? stem("guitar") : null,
    vocals: stem("vocals"),
  });
}

/** Acts as any model that makes one recording. */
export async function planAudio(run: Run): Promise<Plan> {
  await readInputFiles(run);
  return {
    events: [],
    duration: shortenedDuration(run),
    makeFiles: async () => [makeAudio(run)],
    toOutput: ([path]) => path,
    ...flagged(run),
  };
}
