import { encodeGlb, encodePly } from "../../file-formats/glb.ts";
import { fraction } from "../../state/ids.ts";
import { planObjectOutput } from "./object-output.ts";
import { ModelError, type NewFile, type Plan, type Run } from "./plan.ts";
import { makeVideo } from "./video.ts";

async function makeMesh(run: Run, name: string): Promise<NewFile> {
  const part = (colour: string) => fraction(`${colour} ${run.seed}`);
  const bytes = encodeGlb([part("red"), part("green"), part("blue")]);
  return { name, type: "model/gltf-binary", bytes };
}

/** Acts as tencent/hunyuan3d-2: makes a 3D model from an image. */
export async function planMesh(run: Run): Promise<Plan> {
  // The schema does not require an image, but the real model fails without one.
  if (!run.input.image) throw new ModelError("'NoneType' object has no attribute 'size'");
  return planObjectOutput(run, { mesh: () => makeMesh(run, "textured_mesh.glb") });
}

/** Acts as firtoz/trellis: makes several files. Inputs such as `generate_model` decide which files are made. */
export async function planTrellis(run: Run): Promise<Plan> {
  const { generate_model, generate_color, save_gaussian_ply, generate_normal } = run.input;
  const video = (name: string) => (files: Uint8Array[]) => makeVideo(run, files, name);
  const cloud = async () => ({ name: "output_gaussian.ply", type: "application/octet-stream", bytes: encodePly() });
  return planObjectOutput(run, {
    model_file: generate_model ? () => makeMesh(run, "output.glb") : null,
    color_video: generate_color ? video("output_color.mp4") : null,
    gaussian_ply: save_gaussian_ply ? cloud : null,
    normal_video: generate_normal ? video("output_normal.mp4") : null,
    combined_video: generate_color && generate_normal ? video("output_combined.mp4") : null,
    no_background_images: null,
  });
}
