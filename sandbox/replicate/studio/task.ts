import type { Format, Painting } from "../painter/index.ts";

/** What can be asked of a worker. */
export type Task =
  | { kind: "draw"; painting: Painting }
  | { kind: "upscale"; bytes: Uint8Array; scale: number }
  | { kind: "cut-out"; bytes: Uint8Array }
  | { kind: "restore"; bytes: Uint8Array; scale: number }
  | { kind: "combine"; paintings: Uint8Array[]; width: number; height: number; format: Format };
