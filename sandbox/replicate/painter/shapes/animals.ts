import { placeShape } from "../canvas/svg-overlay.ts";
import { css, mix, type Colour } from "../colours/colour.ts";
import type { Animal, Focus } from "../prompt/vocabulary.ts";

type Fur = { body: Colour; rim: Colour; belly: Colour; flip: boolean; lightFromRight: boolean };

/** Outlines of animals, seen from behind or from the side. They are about 100 units tall, and stand at (0, 0). */
const SHAPES: { readonly [name in Animal]: string } = {
  cat: "M-24 0C-31 -12 -27 -34 -15 -49C-13 -53 -14 -57 -16 -62C-19 -70 -19 -80 -17 -93C-13 -90 -9 -86 -7 -83C-3 -85 4 -85 8 -83C10 -86 14 -90 18 -93C20 -80 20 -70 16 -62C14 -57 14 -53 16 -49C27 -34 31 -13 24 0C34 1 46 -4 47 -15C48 -25 40 -30 42 -37C44 -42 51 -39 53 -32C57 -17 53 5 30 7C14 9 -12 7 -24 0Z",
  dog: "M-25 0C-31 -14 -26 -34 -16 -47C-12 -52 -11 -56 -12 -61C-16 -54 -22 -55 -22 -63C-22 -72 -19 -82 -13 -88C-7 -94 7 -94 13 -88C19 -82 22 -72 22 -63C22 -55 16 -54 12 -61C11 -56 12 -52 16 -47C26 -34 31 -14 25 0C33 -3 42 -11 46 -22C48 -28 54 -27 54 -20C52 -6 41 5 29 6C10 8 -12 7 -25 0Z",
  fox: "M-22 0C-29 -12 -24 -34 -14 -47C-12 -51 -14 -55 -18 -60C-24 -66 -21 -78 -22 -99C-15 -95 -9 -88 -6 -82C-2 -84 4 -84 8 -82C11 -88 17 -95 24 -99C23 -78 26 -66 20 -60C16 -55 14 -51 16 -47C25 -34 30 -13 24 -2C38 -1 47 -10 51 -22C55 -34 63 -39 68 -46C74 -30 72 -12 60 -1C50 8 36 8 22 6C4 8 -12 6 -22 0Z",
  rabbit:
    "M-24 0C-31 -14 -25 -32 -14 -41C-17 -46 -17 -54 -12 -59C-18 -72 -21 -94 -14 -99C-7 -101 -3 -80 -2 -63H3C4 -80 8 -101 15 -99C22 -94 19 -72 13 -59C18 -54 18 -46 15 -41C26 -32 32 -15 26 -4C33 -8 40 -4 38 3C36 9 28 8 24 4C8 8 -12 7 -24 0Z",
  bear: "M-38 0C-46 -20 -40 -46 -24 -58C-26 -64 -26 -70 -24 -75C-31 -80 -29 -91 -20 -91C-16 -91 -13 -89 -11 -86C-5 -89 7 -89 12 -86C14 -89 17 -91 21 -91C30 -91 32 -80 25 -75C27 -70 27 -64 25 -58C41 -46 47 -20 39 0C24 8 -22 8 -38 0Z",
  owl: "M-20 -6C-34 -26 -32 -58 -25 -72C-27 -80 -27 -90 -24 -97C-19 -91 -12 -88 -6 -88H6C12 -88 19 -91 24 -97C27 -90 27 -80 25 -72C32 -58 34 -26 20 -6L10 -2L6 16L0 6L-6 16L-10 -2Z",
  deer: "M-16 0L-18 -30C-22 -40 -20 -50 -8 -53L14 -55C20 -60 24 -68 25 -74L20 -79C24 -83 28 -82 30 -80C33 -92 29 -99 22 -106C27 -105 30 -103 32 -100C32 -106 30 -110 28 -114C33 -110 35 -104 35 -99C36 -92 34 -87 34 -81C37 -92 45 -96 50 -104C51 -98 48 -93 45 -91C49 -92 52 -94 55 -97C54 -91 48 -87 42 -85C40 -83 38 -81 37 -79C43 -77 48 -72 50 -68C49 -65 45 -64 40 -66C38 -58 36 -48 30 -40L29 -28L30 0H26L23 -27L19 -28L18 0H14L13 -29C6 -30 -4 -30 -9 -29L-8 0H-12L-14 -24L-13 0Z",
};

export function isAnimal(focus: Focus | null): focus is keyof typeof SHAPES {
  return focus !== null && focus in SHAPES;
}

/** Draws a dark animal with a thin bright edge on the side from which the light comes. */
export function drawAnimal(kind: keyof typeof SHAPES, x: number, y: number, tall: number, fur: Fur): string {
  const { body, rim, belly, flip, lightFromRight } = fur;
  const from = lightFromRight === flip ? 0 : 1;
  const path = SHAPES[kind];
  const tip =
    kind === "fox"
      ? `<path fill="${css(belly)}" d="M68 -46C72 -35 72 -25 69 -17C64 -21 59 -22 55 -26C58 -35 64 -40 68 -46Z"/>`
      : "";
  return placeShape(
    `<defs><linearGradient id="fur" x1="0" y1="0" x2=".35" y2="1"><stop offset="0" stop-color="${css(mix(body, rim, 0.25))}"/><stop offset=".5" stop-color="${css(body)}"/><stop offset="1" stop-color="${css(mix(body, { r: 0, g: 0, b: 0 }, 0.55))}"/></linearGradient><linearGradient id="edge" x1="${from}" y1="0" x2="${1 - from}" y2=".5"><stop offset=".1" stop-color="${css(rim)}"/><stop offset=".6" stop-color="${css(rim)}" stop-opacity="0"/></linearGradient><clipPath id="coat"><path d="${path}"/></clipPath></defs>
     <path fill="url(#fur)" d="${path}"/>${tip}
     <g clip-path="url(#coat)" fill="none" stroke="url(#edge)"><path stroke-width="7" opacity=".3" d="${path}"/><path stroke-width="2.2" opacity=".85" d="${path}"/></g>`,
    x,
    y,
    tall / 100,
    flip,
  );
}
