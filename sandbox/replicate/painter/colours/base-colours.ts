import type { Time } from "../prompt/vocabulary.ts";
import { lch, type Lch } from "./colour.ts";

export type Swatch =
  | "top"
  | "middle"
  | "low"
  | "light"
  | "disc"
  | "cloud"
  | "cloudShade"
  | "haze"
  | "far"
  | "near"
  | "ground"
  | "water"
  | "sand"
  | "snow"
  | "window"
  | "accent"
  | "second"
  | "paper";
type Swatches = { readonly [name in Swatch]: Lch };

/** The colours of each time of day. */
export const BASE: { readonly [time in Time]: Swatches } = {
  dawn: {
    top: lch(0.5, 0.08, 262),
    middle: lch(0.74, 0.08, 340),
    low: lch(0.89, 0.09, 66),
    light: lch(0.93, 0.1, 70),
    disc: lch(0.985, 0.04, 88),
    cloud: lch(0.9, 0.07, 35),
    cloudShade: lch(0.6, 0.06, 300),
    haze: lch(0.82, 0.07, 40),
    far: lch(0.58, 0.06, 290),
    near: lch(0.2, 0.035, 275),
    ground: lch(0.36, 0.05, 150),
    sand: lch(0.76, 0.085, 62),
    water: lch(0.4, 0.06, 262),
    snow: lch(0.92, 0.04, 30),
    window: lch(0.88, 0.14, 80),
    accent: lch(0.68, 0.17, 30),
    second: lch(0.6, 0.13, 300),
    paper: lch(0.96, 0.015, 80),
  },
  day: {
    top: lch(0.5, 0.12, 252),
    middle: lch(0.7, 0.1, 240),
    low: lch(0.92, 0.035, 215),
    light: lch(0.98, 0.035, 95),
    disc: lch(0.995, 0.015, 100),
    cloud: lch(0.98, 0.008, 90),
    cloudShade: lch(0.71, 0.035, 250),
    haze: lch(0.85, 0.04, 228),
    far: lch(0.6, 0.06, 240),
    near: lch(0.24, 0.05, 160),
    ground: lch(0.52, 0.1, 132),
    sand: lch(0.8, 0.09, 76),
    water: lch(0.4, 0.09, 230),
    snow: lch(0.97, 0.012, 230),
    window: lch(0.9, 0.1, 90),
    accent: lch(0.65, 0.2, 30),
    second: lch(0.84, 0.16, 90),
    paper: lch(0.97, 0.012, 90),
  },
  sunset: {
    top: lch(0.31, 0.095, 285),
    middle: lch(0.6, 0.17, 22),
    low: lch(0.85, 0.15, 72),
    light: lch(0.92, 0.14, 76),
    disc: lch(0.98, 0.07, 92),
    cloud: lch(0.8, 0.16, 45),
    cloudShade: lch(0.4, 0.1, 335),
    haze: lch(0.73, 0.14, 48),
    far: lch(0.47, 0.11, 10),
    near: lch(0.15, 0.045, 310),
    ground: lch(0.32, 0.07, 60),
    sand: lch(0.68, 0.12, 55),
    water: lch(0.26, 0.07, 300),
    snow: lch(0.86, 0.09, 40),
    window: lch(0.9, 0.14, 82),
    accent: lch(0.7, 0.19, 40),
    second: lch(0.55, 0.2, 5),
    paper: lch(0.95, 0.025, 75),
  },
  night: {
    top: lch(0.15, 0.045, 268),
    middle: lch(0.27, 0.07, 262),
    low: lch(0.45, 0.075, 240),
    light: lch(0.88, 0.05, 230),
    disc: lch(0.97, 0.025, 95),
    cloud: lch(0.52, 0.05, 250),
    cloudShade: lch(0.2, 0.04, 265),
    haze: lch(0.4, 0.065, 245),
    far: lch(0.29, 0.06, 255),
    near: lch(0.085, 0.025, 262),
    ground: lch(0.17, 0.035, 220),
    sand: lch(0.45, 0.06, 66),
    water: lch(0.14, 0.045, 258),
    snow: lch(0.68, 0.045, 245),
    window: lch(0.86, 0.145, 78),
    accent: lch(0.7, 0.17, 50),
    second: lch(0.6, 0.16, 200),
    paper: lch(0.93, 0.02, 85),
  },
};
