import type { Brief } from "./brief.ts";
import { lch, mixLch, toColour, turn, type Colour, type Lch } from "./colour.ts";
import { between, type Random } from "./random.ts";
import type { Time, Weather } from "./words.ts";

export type Palette = {
  top: Colour; middle: Colour; low: Colour;
  light: Colour; disc: Colour;
  cloud: Colour; cloudShade: Colour;
  haze: Colour; far: Colour; near: Colour; ground: Colour;
  water: Colour; snow: Colour; window: Colour; accent: Colour; second: Colour; paper: Colour;
};
type Swatches = { [name in keyof Palette]: Lch };

const BASE: { readonly [time in Time]: Swatches } = {
  dawn: {
    top: lch(0.5, 0.08, 262), middle: lch(0.74, 0.08, 340), low: lch(0.89, 0.09, 66),
    light: lch(0.93, 0.1, 70), disc: lch(0.985, 0.04, 88), cloud: lch(0.9, 0.07, 35), cloudShade: lch(0.6, 0.06, 300),
    haze: lch(0.82, 0.07, 40), far: lch(0.58, 0.06, 290), near: lch(0.2, 0.035, 275), ground: lch(0.36, 0.05, 150),
    water: lch(0.4, 0.06, 262), snow: lch(0.92, 0.04, 30), window: lch(0.88, 0.14, 80), accent: lch(0.68, 0.17, 30), second: lch(0.6, 0.13, 300), paper: lch(0.96, 0.015, 80),
  },
  day: {
    top: lch(0.5, 0.12, 252), middle: lch(0.7, 0.1, 240), low: lch(0.92, 0.035, 215),
    light: lch(0.98, 0.035, 95), disc: lch(0.995, 0.015, 100), cloud: lch(0.98, 0.008, 90), cloudShade: lch(0.71, 0.035, 250),
    haze: lch(0.85, 0.04, 228), far: lch(0.6, 0.06, 240), near: lch(0.24, 0.05, 160), ground: lch(0.52, 0.1, 132),
    water: lch(0.4, 0.09, 230), snow: lch(0.97, 0.012, 230), window: lch(0.9, 0.1, 90), accent: lch(0.65, 0.2, 30), second: lch(0.84, 0.16, 90), paper: lch(0.97, 0.012, 90),
  },
  sunset: {
    top: lch(0.31, 0.095, 285), middle: lch(0.6, 0.17, 22), low: lch(0.85, 0.15, 72),
    light: lch(0.92, 0.14, 76), disc: lch(0.98, 0.07, 92), cloud: lch(0.8, 0.16, 45), cloudShade: lch(0.4, 0.1, 335),
    haze: lch(0.73, 0.14, 48), far: lch(0.47, 0.11, 10), near: lch(0.15, 0.045, 310), ground: lch(0.32, 0.07, 60),
    water: lch(0.26, 0.07, 300), snow: lch(0.86, 0.09, 40), window: lch(0.9, 0.14, 82), accent: lch(0.7, 0.19, 40), second: lch(0.55, 0.2, 5), paper: lch(0.95, 0.025, 75),
  },
  night: {
    top: lch(0.15, 0.045, 268), middle: lch(0.27, 0.07, 262), low: lch(0.45, 0.075, 240),
    light: lch(0.88, 0.05, 230), disc: lch(0.97, 0.025, 95), cloud: lch(0.52, 0.05, 250), cloudShade: lch(0.2, 0.04, 265),
    haze: lch(0.4, 0.065, 245), far: lch(0.29, 0.06, 255), near: lch(0.085, 0.025, 262), ground: lch(0.17, 0.035, 220),
    water: lch(0.14, 0.045, 258), snow: lch(0.68, 0.045, 245), window: lch(0.86, 0.145, 78), accent: lch(0.7, 0.17, 50), second: lch(0.6, 0.16, 200), paper: lch(0.93, 0.02, 85),
  },
};

/** The time's own colours, drawn towards the named ones; the seed turns the hues a little. */
export function choosePalette(brief: Brief, time: Time, weather: Weather, random: Random): Palette {
  const drift = between(random, -12, 12);
  const lift = between(random, -0.025, 0.025);
  const [first, second] = brief.tints;
  const shape = (name: keyof Palette, base: Lch): Lch => {
    let colour = lch(base.l + lift, base.c, base.h + drift);
    const warm = name === "light" || name === "disc" || name === "low" || name === "window" || name === "second";
    if (first && name !== "paper") colour = tinted(colour, warm && second ? second : first, warm && !second ? 0.72 : 0.88);
    if (name === "accent") colour = brief.subjectTint ?? (first ? lch(first.l, first.c, first.h) : colour);
    return mooded(weathered(colour, name, weather), brief, name);
  };
  const base = BASE[time];
  const paint = (name: keyof Palette) => toColour(shape(name, base[name]));
  return {
    top: paint("top"), middle: paint("middle"), low: paint("low"),
    light: paint("light"), disc: paint("disc"), cloud: paint("cloud"), cloudShade: paint("cloudShade"),
    haze: paint("haze"), far: paint("far"), near: paint("near"), ground: paint("ground"),
    water: paint("water"), snow: paint("snow"), window: paint("window"), accent: paint("accent"), second: paint("second"), paper: paint("paper"),
  };
}

/** Keeps a quarter of the distance between hues, so that a red picture is not one red. */
function tinted(colour: Lch, tint: Lch, strength: number): Lch {
  const hue = tint.h + turn(tint.h, colour.h) * (1 - strength) * 1.4;
  const room = 1 - Math.abs(colour.l - 0.6) * 1.1;
  const chroma = Math.max(Math.min(colour.c, tint.c), tint.c * 0.8 * room);
  return lch(colour.l * 0.9 + tint.l * 0.1, chroma, hue);
}

function weathered(colour: Lch, name: keyof Palette, weather: Weather): Lch {
  const { l, c, h } = colour;
  if (weather === "storm") return name === "light" || name === "disc" ? colour : lch(l * 0.72, c * 0.62, h);
  if (weather === "rain") return lch(l * 0.86, c * 0.62, h);
  if (weather === "fog") return name === "near" ? lch(l + 0.1, c * 0.7, h) : mixLch(colour, lch(0.8 * (0.4 + l * 0.6), c * 0.5, h), 0.55);
  if (weather === "snow") return lch(l + (1 - l) * 0.08, c * 0.75, h);
  return colour;
}

function mooded({ l, c, h }: Lch, { mood, tints }: Brief, name: keyof Palette): Lch {
  if (mood === "grey") return lch(l, 0, h);
  if (mood === "sepia") return lch(l * 0.96 + 0.02, 0.055 * (1 - Math.abs(l - 0.55)), 68);
  if (mood === "pastel") return lch(0.5 + l * 0.48, Math.min(c * 0.75, 0.085), h);
  if (mood === "dark") return lch(l * (name === "light" || name === "disc" || name === "window" ? 1 : 0.7), c * 0.9, h);
  if (mood === "vivid") return lch(l, c * 1.35, h);
  if (mood === "neon") return neon(lch(l, c, h), tints.length > 0, name);
  return lch(l, c, h);
}

/** Signs light the haze from below: magenta low, violet high, cyan between, unless other colours were named. */
function neon({ l, c, h }: Lch, named: boolean, name: keyof Palette): Lch {
  const bright = name === "low" || name === "haze" || name === "accent" || name === "window" || name === "second";
  const hue = { low: 345, haze: 335, light: 330, middle: 310, top: 285, far: 290, accent: 350, second: 200, window: 205, cloud: 320, cloudShade: 290, water: 275, near: 280 };
  const own = new Map<string, number>(Object.entries(hue)).get(name);
  return lch(bright ? l + (0.72 - l) * 0.45 : l, name === "near" ? c : Math.max(c * 1.5, bright ? 0.19 : 0.1), named ? h : (own ?? h));
}
