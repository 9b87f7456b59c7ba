import { quick } from "./bench";

type Kind = {
  /**
   * Words that are added to the prompt. With `[as webm]`, the sandbox returns a sample file instead of each image, which is
   * quicker: see sandbox/README.md.
   */
  words?: string;
  /** The default is SDXL. */
  model?: string;
  input?: Record<string, unknown>;
};

/** For each kind of result, the request that makes such a result. */
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
/** The kinds whose results are files. */
export const FILE_KINDS = KIND_NAMES.filter((name) => name !== "text");

/** Returns the arguments of `create` for a prediction of this kind. SDXL makes `count` files, any other model makes one. */
export function requestOf(name: KindName, prompt: string, count = 1): [input: Record<string, unknown>, more: object] {
  const { words = "", model, input = { ...quick, num_outputs: count } }: Kind = KINDS[name];
  return [{ prompt: `${prompt} ${words}`.trimEnd(), ...input }, { ...(model && { model }) }];
}
