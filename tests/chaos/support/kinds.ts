import { quick } from "./bench";

type Kind = {
  /** Words of the prompt. `[as webm]` replaces each drawn image, because a sample is made quickly: see sandbox/README.md. */
  words?: string;
  /** Default: SDXL. */
  model?: string;
  input?: Record<string, unknown>;
};

/** What makes results of each kind. */
export const KINDS = {
  image: {},
  MP4: { model: "wan-video/wan-2.2-t2v-fast", input: { num_frames: 81, frames_per_second: 30 } },
  WebM: { words: "[as webm]" },
  SVG: { model: "recraft-ai/recraft-v3-svg", input: {} },
  WAV: { words: "[as wav]" },
  text: { model: "meta/meta-llama-3-8b-instruct", input: {} },
  GLB: { words: "[as glb]" },
  ZIP: { words: "[as zip]" },
  MP3: { words: "[as mp3]" },
  PDF: { words: "[as pdf]" },
} satisfies Record<string, Kind>;
export type KindName = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as KindName[];
/** The kinds that are files. */
export const FILE_KINDS = KIND_NAMES.filter((name) => name !== "text");

/** The arguments of `create` for a prediction of this kind. SDXL makes `count` files, another model one. */
export function requestOf(name: KindName, prompt: string, count = 1): [input: Record<string, unknown>, more: object] {
  const { words = "", model, input = { ...quick, num_outputs: count } }: Kind = KINDS[name];
  return [{ prompt: `${prompt} ${words}`.trimEnd(), ...input }, { ...(model && { model }) }];
}
