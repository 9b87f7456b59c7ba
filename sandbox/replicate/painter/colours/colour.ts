/** The values of red, green and blue, sRGB-encoded, 0..1. */
export type Colour = { readonly r: number; readonly g: number; readonly b: number };

/** A colour in OkLCh: lightness 0..1, chroma 0..0.37, hue in degrees (https://www.w3.org/TR/css-color-4/#ok-lab). */
export type Lch = { readonly l: number; readonly c: number; readonly h: number };

export const lch = (l: number, c: number, h: number): Lch => ({ l, c, h });

export function clamp(value: number, low = 0, high = 1): number {
  return value < low ? low : value > high ? high : value;
}

/**
 * Returns the distance of a point from (0, 0). `Math.hypot` would be ten times slower, because it can also handle numbers whose
 * square is too large or too small. Drawing has no such numbers.
 */
export function distance(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

export function smooth(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
}

export function toColour({ l, c, h }: Lch): Colour {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    r: encode(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    g: encode(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    b: encode(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  };
}

function encode(linear: number): number {
  return clamp(linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);
}

export function mix(a: Colour, b: Colour, t: number): Colour {
  return { r: a.r + (b.r - a.r) * t, g: a.g + (b.g - a.g) * t, b: a.b + (b.b - a.b) * t };
}

/** Mixes two colours along the shorter arc of the hue circle, so that the result is not grey. */
export function mixLch(a: Lch, b: Lch, t: number): Lch {
  return { l: a.l + (b.l - a.l) * t, c: a.c + (b.c - a.c) * t, h: a.h + hueDifference(a.h, b.h) * t };
}

/** Returns the degrees from one hue to another, -180..180. */
export function hueDifference(from: number, to: number): number {
  return ((((to - from) % 360) + 540) % 360) - 180;
}

export function luminance(r: number, g: number, b: number): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

export function css({ r, g, b }: Colour): string {
  return `rgb(${Math.round(r * 255)} ${Math.round(g * 255)} ${Math.round(b * 255)})`;
}

/** Returns a gradient through evenly spaced colours, computed in advance as a table of 256 colours. */
export function gradient(stops: readonly Colour[]): (t: number) => Colour {
  const first = stops[0] ?? { r: 0, g: 0, b: 0 };
  const table = Array.from({ length: 256 }, (_, index) => {
    const at = (index / 255) * (stops.length - 1);
    const low = stops[Math.floor(at)] ?? first;
    return mix(low, stops[Math.ceil(at)] ?? low, at - Math.floor(at));
  });
  return (t) => table[Math.round(clamp(t) * 255)] ?? first;
}
