import { expect, test } from "vitest";
import { fileTypeOf } from "@/lib/models/inputs/takes-and-makes";

const typeOf = (name: string, description = "", isList = false) =>
  fileTypeOf({ name, label: name.replaceAll("_", " "), description, isList });

test.each([
  ["image", "Input image", "image"],
  ["input_reference", "An image that is used as the first frame", "image"],
  ["end_image", "The last frame of the video", "image"],
  ["style_reference_images", "Images whose style is copied", "image"],
  ["img", undefined, "image"],
  ["mask", "A black and white image", "mask"],
  ["reference_videos", "Clips that guide the movement", "video"],
  ["video", "Input clip", "video"],
  ["input_audio", "Sets the melody of the video", "audio"],
  ["voice_file", undefined, "audio"],
  ["input_images", "A zip of images", "archive"],
  ["input_images", "A .zip or .tar file with the images", "archive"],
  ["image", "Input image, or a zip of images", "any"],
  ["image", "A zip of images, or one image", "any"],
  ["video", "Input video or zip file of frames", "any"],
  ["control_image", "Image for the control weights", "any"],
  ["mask", "Mask weights image", "any"],
  ["replicate_weights", "Made by a training", "archive"],
  ["subtitle", undefined, "document"],
  ["path", "A JSONL file with texts", "document"],
  ["model_3d", undefined, "any"],
  ["lora", "Where the LoRA is", "any"],
  ["input", "Text, image or recording", "any"],
  ["input", "The image that is embedded", "image"],
] as const)("%s (%s) takes: %s", (name, description, type) => {
  expect(typeOf(name, description)).toBe(type);
});

test("a list of images that may also be a ZIP takes images", () => {
  expect(typeOf("images", "Images, or one zip of images", true)).toBe("image");
});
