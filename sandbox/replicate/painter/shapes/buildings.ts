import { placeShape } from "../canvas/svg-overlay.ts";
import { css, mix, type Colour } from "../colours/colour.ts";

// Each function in this file draws a shape that is about 100 units tall and stands at (0, 0). Then it scales the shape to `tall`
// px, and moves it to (x, y).

type Look = { wall: Colour; shade: Colour; roof: Colour; window: Colour; flip: boolean };

export function drawHouse(x: number, y: number, tall: number, look: Look): string {
  const { wall, shade, roof, window } = look;
  const panes = [
    [-62, -34],
    [-36, -34],
    [22, -32],
  ]
    .map(([left, top]) => `<rect x="${left}" y="${top}" width="14" height="17"/>`)
    .join("");
  return placeShape(
    `<path fill="${css(shade)}" d="M44 -120h13v40h-13z"/>
     <path fill="${css(wall)}" d="M-76 2V-52H10V2z"/><path fill="${css(shade)}" d="M8 2V-52L37 -86L68 -52V2z"/>
     <path fill="${css(roof)}" d="M-84 -49L-52 -100H38L10 -49z"/><path fill="${css(mix(roof, shade, 0.55))}" d="M38 -100L76 -48L69 -45L37 -89L12 -46L6 -49z"/>
     <g fill="${css(window)}">${panes}<path d="M44 2v-32h14v32z" opacity=".85"/></g>
     <path stroke="${css(wall)}" stroke-width="1.6" d="M-55 -34v17M-62 -26h14M-29 -34v17M-36 -26h14M29 -32v17M22 -24h14"/>`,
    x,
    y,
    tall / 110,
    look.flip,
  );
}

export function drawLighthouse(x: number, y: number, tall: number, look: Look): string {
  const { wall, shade, roof, window } = look;
  return placeShape(
    `<path fill="${css(shade)}" d="M-46 6V-14L-34 -25L-20 -14V6z"/>
     <path fill="${css(wall)}" d="M-14 6L-8.5 -78H8.5L14 6z"/><path fill="${css(shade)}" opacity=".75" d="M3 6L2.4 -78H8.5L14 6z"/>
     <path fill="${css(roof)}" opacity=".9" d="M-12.9 -12L-11.4 -32H11.4L12.9 -12zM-10.4 -50L-9.3 -66H9.3L10.4 -50z"/>
     <path fill="${css(shade)}" d="M-12 -82h24v5h-24z"/><path fill="${css(window)}" d="M-6.5 -95h13v13h-13z"/>
     <path fill="none" stroke="${css(shade)}" stroke-width="1.3" d="M-6.5 -95v13M0 -95v13M6.5 -95v13M-12 -88h24M-12 -88v7M12 -88v7"/>
     <path fill="${css(roof)}" d="M-8.5 -95Q0 -112 8.5 -95z"/><path fill="${css(shade)}" d="M-.8 -112h1.6v10h-1.6z"/>
     <path fill="${css(window)}" opacity=".8" d="M-2.5 -42h4v7h-4zM-2.5 -8h4v7h-4zM-36 -10h4v6h-4z"/>`,
    x,
    y,
    tall / 108,
    look.flip,
  );
}

export function drawCastle(x: number, y: number, tall: number, look: Look): string {
  const { wall, shade, roof, window } = look;
  const towers = [
    [-58, -52, 15],
    [-30, -74, 16],
    [2, -98, 18],
    [34, -66, 15],
    [58, -46, 14],
  ] as const;
  const shapes = towers.map(
    ([left, top, wide], index) =>
      `<path fill="${css(index % 2 ? wall : shade)}" d="M${left - wide / 2} 6V${top}h${wide}V6z"/>
     <path fill="${css(roof)}" d="M${left - wide / 2 - 3} ${top + 1}L${left} ${top - wide * 1.7}L${left + wide / 2 + 3} ${top + 1}z"/>
     <path fill="${css(window)}" d="M${left - 1.8} ${top + 9}h3.6v7h-3.6z"/>`,
  );
  return placeShape(
    `<path fill="${css(shade)}" d="M-66 6V-30h8v6h8v-6h8v6h8v-6h18v-8h30v8h14v6h8v-6h10v36z"/>${shapes.join("")}`,
    x,
    y,
    tall / 128,
    look.flip,
  );
}

export function drawSailboat(x: number, y: number, tall: number, look: Look): string {
  const { wall, shade, roof } = look;
  return placeShape(
    `<path fill="${css(wall)}" d="M2 -104C30 -70 44 -40 46 -18C30 -14 14 -15 2 -18z"/><path fill="${css(mix(wall, shade, 0.45))}" d="M-2 -92C-6 -60 -22 -34 -38 -20C-26 -16 -12 -16 -2 -18z"/>
     <path fill="${css(shade)}" d="M-1.2 -108h2.4v100h-2.4z"/>
     <path fill="${css(roof)}" d="M-46 -10C-30 -7 30 -7 54 -12C50 -2 42 4 34 5H-30C-38 3 -44 -4 -46 -10z"/><path fill="${css(shade)}" opacity=".6" d="M-40 -2C-20 2 30 2 48 -4C44 2 40 4 34 5H-30C-35 4 -38 1 -40 -2z"/>`,
    x,
    y,
    tall / 108,
    look.flip,
  );
}

/** A hiker seen from behind, with a rucksack. */
export function drawHiker(x: number, y: number, tall: number, look: Look): string {
  const { shade, roof } = look;
  return placeShape(
    `<g fill="${css(shade)}"><path d="M-13 0L-11 -42L-13 -56C-16 -72 -10 -80 0 -80C10 -80 16 -72 13 -56L11 -42L14 0H5L1 -38L-4 0z"/><circle cy="-90" r="8.4"/><path d="M13 -74C19 -64 19 -52 17 -42L12 -44L11 -66zM-13 -74C-19 -64 -19 -52 -17 -42L-12 -44L-11 -66z"/></g>
     <path fill="${css(roof)}" d="M-10 -77Q0 -83 10 -77L11 -50Q0 -45 -11 -50z"/><path fill="${css(shade)}" opacity=".5" d="M-8 -62H8V-52Q0 -49 -8 -52z"/>`,
    x,
    y,
    tall / 99,
    look.flip,
  );
}
