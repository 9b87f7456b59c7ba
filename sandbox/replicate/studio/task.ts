import type { Picture } from "../pictures/index.ts";

/** What can be asked of a worker. */
export type Task =
  | { kind: "draw"; picture: Picture }
  | { kind: "upscale"; bytes: Uint8Array; scale: number }
  | { kind: "cut-out"; bytes: Uint8Array }
  | { kind: "restore"; bytes: Uint8Array; scale: number };
