import { encodeMp3 } from "../../file-formats/mp3.ts";
import { encodeSafetensors } from "../../file-formats/safetensors.ts";
import { encodeZip } from "../../file-formats/zip.ts";
import { readInputFiles } from "./input-files.ts";
import { progressEvents, readText, shortenedDuration, type Plan, type Run } from "./plan.ts";

const STEPS = 40;
const CLIPS = 3;

/**
 * Acts as two models. zsxkib/create-rvc-dataset makes a ZIP of recordings. cloneofsimo/lora-training makes a file of weights.
 * Only the first model has the input `audio_name`. So if this input is set, the output is a ZIP.
 */
export async function planArchive(run: Run): Promise<Plan> {
  await readInputFiles(run);
  const duration = shortenedDuration(run);
  const name = readText(run.input, "audio_name");
  const clips = Array.from({ length: CLIPS }, (_, index) => ({
    name: `dataset/${name}/split_${index}.mp3`,
    bytes: encodeMp3(index + 1),
  }));
  return {
    events: progressEvents([STEPS], duration / STEPS),
    duration,
    makeFiles: async () => [
      name
        ? { name: `dataset_${name}.zip`, type: "application/zip", bytes: encodeZip(clips) }
        : { name: "lora.safetensors", type: "application/octet-stream", bytes: encodeSafetensors() },
    ],
    toOutput: ([path]) => path,
  };
}
