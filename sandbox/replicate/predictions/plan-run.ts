import { findVersion } from "../catalog/find-model.ts";
import type { Runner } from "../catalog/model.ts";
import { hasWord } from "../faults/magic-words.ts";
import { withDefaults } from "../http/json-schema.ts";
import type { State } from "../state/saved-state.ts";
import { findPromptOfFile } from "./find-prompt-of-file.ts";
import { openInput } from "./open-input.ts";
import type { Prediction } from "./prediction.ts";
import { planArchive } from "./runners/archive.ts";
import { planAudio, planMusicImage, planStems } from "./runners/audio.ts";
import { planCaption } from "./runners/caption.ts";
import { planEmbedding } from "./runners/embedding.ts";
import { planFlux } from "./runners/images/flux.ts";
import { planGreeting } from "./runners/greeting.ts";
import { planImage } from "./runners/images/any-image-model.ts";
import { planLlama } from "./runners/llama.ts";
import { planMesh, planTrellis } from "./runners/mesh.ts";
import { planNanoBanana } from "./runners/images/nano-banana.ts";
import { ModelError, type Run, type Plan } from "./runners/plan.ts";
import { planCutOut, planRestore, planUpscale } from "./runners/images/image-tools.ts";
import { planSdxl } from "./runners/images/sdxl.ts";
import { planDetection, planMasks } from "./runners/images/segments.ts";
import { planTraining } from "./runners/training.ts";
import { planVector } from "./runners/images/vector.ts";
import { planVideo } from "./runners/video.ts";
import { planWhisper } from "./runners/whisper.ts";

const RUNNERS: Record<Runner, (run: Run) => Promise<Plan>> = {
  sdxl: planSdxl,
  flux: planFlux,
  "nano-banana": planNanoBanana,
  upscale: planUpscale,
  "cut-out": planCutOut,
  restore: planRestore,
  image: planImage,
  vector: planVector,
  detection: planDetection,
  masks: planMasks,
  video: planVideo,
  audio: planAudio,
  "music-image": planMusicImage,
  stems: planStems,
  caption: planCaption,
  greeting: planGreeting,
  embedding: planEmbedding,
  mesh: planMesh,
  trellis: planTrellis,
  archive: planArchive,
  whisper: planWhisper,
  llama: planLlama,
};

/**
 * Plans the run of a prediction or training. Throws `ModelError` if the model fails before the run begins, for example because an
 * input file does not exist.
 */
export async function planRun(prediction: Prediction, state: State, origin: string): Promise<Plan> {
  const found = findVersion(state, prediction.runs);
  const published = found?.version.schemas ?? {};
  const schemas = prediction.destination ? { ...published, Input: published.TrainingInput ?? {} } : published;
  const run: Run = {
    model: prediction.model,
    input: withDefaults(prediction.input, schemas),
    seed: prediction.seed,
    schemas,
    seconds: found?.model.run_seconds,
    readFile: (uri) => openInput(uri, origin, state),
    findPromptOfFile: (bytes) => findPromptOfFile(bytes, state),
  };
  if (prediction.destination) return planTraining(run, prediction.destination, prediction.id);
  if (!found?.model.runner) throw new ModelError("The model's container could not be started (E6716)");
  const plan = await RUNNERS[found.model.runner](run);
  const { type, items, "x-cog-array-type": arrayType } = found.version.schemas.Output ?? {};
  const isFileList = type === "array" && items?.format === "uri";
  return { ...plan, gradual: isFileList && (arrayType === "iterator" || hasWord(run.input, "[gradual]")) };
}
