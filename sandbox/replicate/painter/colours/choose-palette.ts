import { between, type Random } from "../canvas/random.ts";
import type { Brief } from "../prompt/read-prompt.ts";
import type { Time, Weather } from "../prompt/vocabulary.ts";
import { BASE, type Swatch } from "./base-colours.ts";
import { lch, mixLch, toColour, hueDifference, type Colour, type Lch } from "./colour.ts";

export type Palette = { readonly [name in Swatch]: Colour };
const AIR: ReadonlySet<Swatch> = new Set<Swatch>([
  "top",
  "middle",
  "low",
  "light",
  "disc",
  "cloud",
  "cloudShade",
  "haze",
]);

/**
 * Returns the colours of the time of day, moved towards the colours that the prompt names. The random numbers shift the hues a
 * little.
 */
export function choosePalette(brief: Brief, time: Time, weather: Weather, random: Random): Palette {
  const drift = between(random, -18, 18);
  const lift = between(random, -0.025, 0.025);
  const [first, second] = brief.tints;
  const adjust = (name: Swatch, base: Lch): Lch => {
    let colour = lch(base.l + lift, base.c, base.h + drift);
    const warm = name === "light" || name === "disc" || name === "low" || name === "window" || name === "second";
    const share = brief.tintsGround && AIR.has(name) ? 0.4 : 1;
    if (first && name !== "paper")
      colour = applyTint(colour, warm && second ? second : first, warm && !second ? 0.72 : 0.88, share);
    if (name === "accent") colour = brief.subjectTint ?? (first ? lch(first.l, first.c, first.h) : colour);
    return applyMood(applyWeather(colour, name, weather), brief, name);
  };
  const base = BASE[time];
  const paint = (name: Swatch) => toColour(adjust(name, base[name]));
  return {
    top: paint("top"),
    middle: paint("middle"),
    low: paint("low"),
    light: paint("light"),
    disc: paint("disc"),
    cloud: paint("cloud"),
    cloudShade: paint("cloudShade"),
    haze: paint("haze"),
    far: paint("far"),
    near: paint("near"),
    ground: paint("ground"),
    sand: paint("sand"),
    water: paint("water"),
    snow: paint("snow"),
    window: paint("window"),
    accent: paint("accent"),
    second: paint("second"),
    paper: paint("paper"),
  };
}

/** Moves a colour towards a tint, but not completely, so that a red image still has several shades of red. */
function applyTint(colour: Lch, tint: Lch, strength: number, share: number): Lch {
  const hue = tint.h + hueDifference(tint.h, colour.h) * (1 - strength) * 1.4;
  const room = 1 - Math.abs(colour.l - 0.6) * 1.1;
  const chroma = Math.max(Math.min(colour.c, tint.c), tint.c * 0.8 * room);
  return mixLch(colour, lch(colour.l * 0.9 + tint.l * 0.1, chroma, hue), share);
}

function applyWeather(colour: Lch, name: Swatch, weather: Weather): Lch {
  const { l, c, h } = colour;
  if (weather === "storm") return name === "light" || name === "disc" ? colour : lch(l * 0.8, c * 0.6, h);
  if (weather === "rain") return lch(l * 0.86, c * 0.62, h);
  if (weather === "fog")
    return name === "near" ? lch(l + 0.1, c * 0.7, h) : mixLch(colour, lch(0.8 * (0.4 + l * 0.6), c * 0.5, h), 0.55);
  if (weather === "snow") return lch(l + (1 - l) * 0.08, c * 0.75, h);
  return colour;
}

function applyMood({ l, c, h }: Lch, { mood, tints }: Brief, name: Swatch): Lch {
  if (mood === "grey") return lch(l, 0, h);
  if (mood === "sepia") return lch(l * 0.96 + 0.02, 0.055 * (1 - Math.abs(l - 0.55)), 68);
  if (mood === "pastel") return lch(0.5 + l * 0.48, Math.min(c * 0.75, 0.085), h);
  if (mood === "dark") return lch(l * (name === "light" || name === "disc" || name === "window" ? 1 : 0.7), c * 0.9, h);
  if (mood === "vivid") return lch(l, c * 1.35, h);
  if (mood === "neon") return applyNeon(lch(l, c, h), tints.length > 0, name);
  return lch(l, c, h);
}

/**
 * Changes a colour for the mood "neon": for example, the sky becomes magenta at the horizon and violet above. If the prompt names
 * colours, the hue does not change, and the colour only becomes more saturated.
 */
function applyNeon({ l, c, h }: Lch, named: boolean, name: Swatch): Lch {
  const bright = name === "low" || name === "haze" || name === "accent" || name === "window" || name === "second";
  const hue = {
    low: 345,
    haze: 335,
    light: 330,
    middle: 310,
    top: 285,
    far: 290,
    accent: 350,
    second: 200,
    window: 205,
    cloud: 320,
    cloudShade: 290,
    sand: 310,
    water: 275,
    near: 280,
  };
  const own = new Map<string, number>(Object.entries(hue)).get(name);
  return lch(
    bright ? l + (0.72 - l) * 0.45 : l,
    name === "near" ? c : Math.max(c * 1.5, bright ? 0.19 : 0.1),
    named ? h : (own ?? h),
  );
}
