import type { Model } from "./model.ts";

type Example = Model["example"];

const filesOf = (id: string) => `/delivery/tjzk/${id.replace("/", "--")}`;
const SDXL = `${filesOf("stability-ai/sdxl")}/cover.webp`;
const SCHNELL = `${filesOf("black-forest-labs/flux-schnell")}/cover.webp`;
const RECORDING = `${filesOf("minimax/speech-02-turbo")}/example.mp3`;

/** Returns the id of a model, with an example whose output is a file. api/model-files.ts makes this file. */
function makesFile(id: string, name: string, input: Record<string, unknown>, seconds: number, isList = false) {
  const file = `${filesOf(id)}/${name}`;
  return [id, { input, output: isList ? [file] : file, metrics: { predict_time: seconds } }] as const;
}

function makesText(id: string, input: Record<string, unknown>, output: unknown, seconds: number) {
  return [id, { input, output, metrics: { predict_time: seconds } }] as const;
}

/** Examples for the featured models that have no example in models.jsonl, by the id of the model. */
export const examples: Record<string, Example> = Object.fromEntries<Example>([
  makesFile("prunaai/z-image-turbo", "cover.webp", { prompt: "A red fox in fresh snow, morning light" }, 1.9),
  makesFile(
    "bytedance/seedream-4",
    "cover.webp",
    { prompt: "A tea house on a lake in autumn, mist, mirror reflection", size: "2K", aspect_ratio: "4:3" },
    14.4,
    true,
  ),
  makesFile(
    "ideogram-ai/ideogram-v3-turbo",
    "cover.webp",
    { prompt: "A poster for a night train, the words NIGHT TRAIN in large letters", aspect_ratio: "3:4" },
    6.1,
  ),
  makesFile(
    "black-forest-labs/flux-2-pro",
    "cover.webp",
    { prompt: "A lighthouse on a basalt cliff at dusk, long exposure", resolution: "1 MP", aspect_ratio: "3:2" },
    5.6,
  ),
  makesFile("google/imagen-4", "cover.webp", { prompt: "A city street after rain, red neon in the puddles" }, 4.2),
  makesFile("recraft-ai/recraft-v4-svg", "example.svg", { prompt: "A fox head, flat, three colors" }, 15),
  makesFile("openai/gpt-image-2", "cover.webp", { prompt: "A recipe card for pancakes", quality: "low" }, 30, true),
  makesFile(
    "qwen/qwen-image-edit-plus",
    "cover.webp",
    { prompt: "Make it winter, with snow on every roof", image: [SDXL] },
    6.4,
    true,
  ),
  makesFile(
    "black-forest-labs/flux-kontext-pro",
    "cover.webp",
    { prompt: "Make it an oil painting", input_image: SDXL, aspect_ratio: "match_input_image" },
    4.4,
  ),
  makesFile(
    "black-forest-labs/flux-fill-pro",
    "cover.webp",
    { prompt: "Mountains behind the field", image: SCHNELL, outpaint: "Zoom out 1.5x" },
    8.2,
  ),
  makesFile(
    "google/nano-banana-pro",
    "cover.webp",
    { prompt: "Put both into one picture, at night", image_input: [SDXL, SCHNELL], resolution: "2K" },
    20,
  ),
  makesFile("recraft-ai/recraft-crisp-upscale", "cover.webp", { image: SDXL }, 9.3),
  makesFile("lucataco/remove-bg", "cover.webp", { image: SDXL }, 0.7),
  makesFile("sczhou/codeformer", "cover.webp", { image: SDXL, upscale: 2, codeformer_fidelity: 0.7 }, 2.9),
  makesFile(
    "wan-video/wan-2.2-t2v-fast",
    "example.mp4",
    { prompt: "Waves break on a black beach, slow motion", resolution: "480p" },
    25,
  ),
  makesFile(
    "wan-video/wan-2.2-i2v-fast",
    "example.mp4",
    { prompt: "The camera moves slowly forward", image: SDXL, resolution: "480p" },
    28,
  ),
  makesFile(
    "bytedance/seedance-1-lite",
    "example.mp4",
    { prompt: "A paper boat on a stream in a forest", duration: 5, resolution: "480p" },
    38,
  ),
  makesFile("google/veo-3.1-fast", "example.mp4", { prompt: "A street musician plays in the rain", duration: 4 }, 62),
  makesFile(
    "minimax/speech-02-turbo",
    "example.mp3",
    { text: "Good evening. The last train leaves in five minutes.", emotion: "calm" },
    2.4,
  ),
  makesFile(
    "minimax/music-1.5",
    "example.mp3",
    { lyrics: "[verse]\nThe night is long, the road is wide", prompt: "slow folk, acoustic guitar" },
    28,
  ),
  makesText(
    "openai/gpt-4o-mini",
    { prompt: "Name three colors of autumn leaves." },
    ["Red,", " orange", " and", " gold."],
    0.9,
  ),
  makesText(
    "lucataco/moondream2",
    { image: SDXL, prompt: "What is in this image?" },
    ["An astronaut", " on a", " horse."],
    0.6,
  ),
  makesText(
    "vaibhavs10/incredibly-fast-whisper",
    { audio: RECORDING, task: "transcribe" },
    { text: "Good evening. The last train leaves in five minutes.", chunks: [] },
    2.8,
  ),
  makesText(
    "anthropic/claude-4.5-sonnet",
    { prompt: "Write a haiku about a darkroom.", max_tokens: 1024 },
    ["Red light on wet hands.", "\nA face rises from paper,", "\nslow as a promise."],
    3.1,
  ),
]);
