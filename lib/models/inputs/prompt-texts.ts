import type { Makes } from "./takes-and-makes";

/** The texts about the prompt, for each thing that a model can make. `missing` is the error for an empty prompt. */
export const promptTexts: Record<Makes, { placeholder: string; missing: string }> = {
  image: { placeholder: "What should be in the image?", missing: "Describe the image first." },
  video: { placeholder: "What should happen in the video?", missing: "Describe the video first." },
  audio: { placeholder: "What should the sound be like?", missing: "Describe the sound first." },
  text: { placeholder: "What do you want to ask the model?", missing: "Enter a prompt first." },
  other: { placeholder: "What should the model make?", missing: "Enter a prompt first." },
};
