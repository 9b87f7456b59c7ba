import { promptOf } from "../../../faults/magic-words.ts";
import type { Box } from "../../../painter/image-tools/draw-boxes.ts";
import { runTask } from "../../../worker-threads/pool.ts";
import { findImage, readInputFiles } from "../input-files.ts";
import { ModelError, shortenedDuration, type NewFile, type Plan, type Run } from "../plan.ts";

const MASKS = 3;

async function requireImage(run: Run) {
  const image = await findImage(await readInputFiles(run));
  if (!image) throw new ModelError("cannot identify image file '/tmp/image'");
  return image;
}

/** Returns `count` boxes in a row from left to right. Each box overlaps the next one a little. */
function chooseBoxes({ width, height }: { width: number; height: number }, count: number): Box[] {
  return Array.from({ length: count }, (_, index) => ({
    left: Math.round((width * index) / (count + 1)),
    top: Math.round(height * 0.2 + ((height * index) / count) * 0.2),
    width: Math.ceil((width * 1.4) / (count + 1)),
    height: Math.ceil(height * 0.5),
  }));
}

async function drawPng(name: string, image: { bytes: Uint8Array }, boxes: Box[], fill: boolean): Promise<NewFile> {
  const bytes = await runTask({ kind: "boxes", bytes: image.bytes, boxes, fill });
  return { name, type: "image/png", bytes };
}

/**
 * Acts as adirik/grounding-dino: returns a box, as numbers, for each thing that the prompt names. With the input
 * `show_visualisation`, also returns the image with the boxes drawn on it.
 */
export async function planDetection(run: Run): Promise<Plan> {
  const image = await requireImage(run);
  const labels = promptOf(run.input).split(",");
  const boxes = chooseBoxes(image, labels.length);
  const detections = boxes.map(({ left, top, width, height }, index) => ({
    bbox: [left, top, left + width, top + height],
    label: labels[index]?.trim(),
    confidence: 0.8 - index * 0.07,
  }));
  return {
    events: [],
    duration: shortenedDuration(run),
    makeFiles: async () => (run.input.show_visualisation ? [await drawPng("result.png", image, boxes, false)] : []),
    toOutput: ([path]) => ({ detections, ...(path && { result_image: path }) }),
  };
}

/** Acts as meta/sam-2: makes one mask for all parts of the image together, and one mask for each part. */
export async function planMasks(run: Run): Promise<Plan> {
  const image = await requireImage(run);
  const boxes = chooseBoxes(image, MASKS);
  return {
    events: [],
    duration: shortenedDuration(run),
    makeFiles: () =>
      Promise.all([
        drawPng("combined_mask.png", image, boxes, true),
        ...boxes.map((box, index) => drawPng(`mask_${index}.png`, image, [box], true)),
      ]),
    toOutput: ([combined, ...masks]) => ({ combined_mask: combined, individual_masks: masks }),
  };
}
