import type { Makes } from "./inputs/takes-and-makes";

/** The tasks for which there are featured models. The pages show the tasks in this order. */
export const tasks = {
  image: { title: "Generate an image", makes: "image" },
  edit: { title: "Edit an image", makes: "image" },
  upscale: { title: "Enlarge an image", makes: "image" },
  background: { title: "Remove a background", makes: "image" },
  faces: { title: "Restore faces", makes: "image" },
  video: { title: "Make a video", makes: "video" },
  audio: { title: "Make speech or music", makes: "audio" },
  language: { title: "Write, describe and transcribe", makes: "text" },
} as const satisfies Record<string, { title: string; makes: Makes }>;

export type Task = keyof typeof tasks;
