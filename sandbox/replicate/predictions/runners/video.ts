import { promptOf } from "../../faults/magic-words.ts";
import { runTask } from "../../worker-threads/pool.ts";
import { findImage, readInputFiles } from "./input-files.ts";
import { flagged, type NewFile, progressEvents, readNumber, shortenedDuration, type Plan, type Run } from "./plan.ts";
import { videoSize } from "./images/sizes.ts";

const STEPS = 20;

/** Returns the length in seconds that the input asks for. Some models take a number of seconds, others a number of frames. */
function requestedSeconds({ input }: Run): number {
  const frames = readNumber(input, "num_frames", 0) / readNumber(input, "frames_per_second", 16);
  return readNumber(input, "duration", readNumber(input, "seconds", frames || 5));
}

/**
 * Returns an MP4 of the first input image or of the drawn prompt. It is a fifth as long as requested (but from 0.5 to 3 s), so
 * that it is made quickly.
 */
export async function makeVideo(run: Run, files: Uint8Array[], name: string): Promise<NewFile> {
  const image = await findImage(files);
  const { width, height } = videoSize(run.input, image);
  const { input, model, seed } = run;
  const request = { model, seed, prompt: promptOf(input), width, height, format: "png" } as const;
  const bytes = image?.bytes ?? (await runTask({ kind: "draw", request }));
  const seconds = Math.min(3, Math.max(0.5, requestedSeconds(run) / 5));
  return { name, type: "video/mp4", bytes: await runTask({ kind: "film", bytes, width, height, seconds }) };
}

/** Acts as any model that makes one video. */
export async function planVideo(run: Run): Promise<Plan> {
  const files = await readInputFiles(run);
  const duration = shortenedDuration(run);
  return {
    events: [{ at: 0, log: `Using seed: ${run.seed}` }, ...progressEvents([STEPS], duration / STEPS)],
    duration,
    makeFiles: async () => [await makeVideo(run, files, "output.mp4")],
    toOutput: ([path]) => path,
    metrics: { video_output_duration_seconds: requestedSeconds(run) },
    ...flagged(run),
  };
}
