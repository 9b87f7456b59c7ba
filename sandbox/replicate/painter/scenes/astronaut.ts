import type { Canvas } from "../canvas/canvas.ts";
import { between } from "../canvas/random.ts";
import { overlay, placeShape } from "../canvas/svg-overlay.ts";
import { css, mix } from "../colours/colour.ts";
import { drawLandscape } from "../landscape/landscape.ts";
import type { Scene } from "./scene.ts";
import { drawSpace } from "./space.ts";

/**
 * Draws helmet and shoulders of an astronaut, in front of stars or of the place in the prompt. The visor has the colours of the
 * sky.
 */
export async function drawAstronaut(scene: Scene): Promise<Canvas> {
  const { width, height, unit, palette, brief } = scene;
  const named =
    brief.place === "mountain" || brief.place === "sea" || brief.place === "desert" || brief.place === "lake";
  const canvas = named ? await drawLandscape({ ...scene, brief: { ...brief, focus: null } }) : drawSpace(scene);
  const random = scene.random("astronaut");
  const white = mix(palette.disc, palette.haze, 0.25);
  const dark = mix(palette.near, palette.far, 0.3);
  const stop = (at: number, colour: string, opacity = 1) =>
    `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
  const sunX = between(random, -18, 18);
  const shapes = `<defs>
    <radialGradient id="shell" cx=".36" cy=".28" r=".85">${stop(0, css(white))}${stop(0.55, css(mix(white, dark, 0.35)))}${stop(1, css(mix(white, dark, 0.85)))}</radialGradient>
    <linearGradient id="suit" x1="0" y1="0" x2="1" y2="1">${stop(0, css(mix(white, dark, 0.12)))}${stop(0.5, css(mix(white, dark, 0.5)))}${stop(1, css(dark))}</linearGradient>
    <linearGradient id="visor" x1="0" y1="0" x2="0" y2="1">${stop(0, css(palette.top))}${stop(0.48, css(palette.middle))}${stop(0.6, css(palette.low))}${stop(0.62, css(mix(palette.near, palette.far, 0.4)))}${stop(1, css(palette.near))}</linearGradient>
    <radialGradient id="spark">${stop(0, "white")}${stop(0.2, css(palette.light), 0.9)}${stop(1, css(palette.light), 0)}</radialGradient>
    <clipPath id="glass"><path d="M-35 -6C-35 -32 -20 -43 2 -43C26 -43 38 -30 38 -6C38 20 24 32 2 32C-22 32 -35 20 -35 -6Z"/></clipPath></defs>
    <path fill="url(#suit)" d="M-104 160C-104 102 -84 74 -50 62C-30 54 34 54 54 62C88 74 106 102 106 160Z"/>
    <path fill="none" stroke="${css(dark)}" stroke-width="1.4" opacity=".6" d="M-72 160C-70 124 -66 104 -58 92M74 160C73 124 68 104 60 92M-38 76C-20 88 24 88 42 76M-84 108C-76 104 -70 104 -64 108M84 108C77 104 72 104 66 108"/>
    <path fill="${css(palette.accent)}" opacity=".92" d="M-92 112C-84 104 -74 102 -66 106L-68 115C-76 111 -84 113 -93 121Z"/>
    <rect x="-26" y="98" width="54" height="34" rx="5" fill="${css(mix(white, dark, 0.42))}"/><g fill="${css(palette.accent)}"><circle cx="-14" cy="109" r="3.4"/><rect x="-4" y="106" width="24" height="5" rx="2"/></g><path stroke="${css(dark)}" stroke-width="2" opacity=".55" d="M-18 120H20M-18 125H8"/>
    <path fill="${css(mix(white, dark, 0.55))}" d="M-46 50C-30 66 34 66 50 50L54 64C34 80 -30 80 -50 64Z"/>
    <path fill="url(#shell)" d="M-56 0C-56 -38 -32 -62 2 -62C36 -62 60 -38 60 0C60 36 40 60 2 60C-36 60 -56 36 -56 0Z"/>
    <path fill="${css(dark)}" d="M-40 -6C-40 -36 -23 -48 2 -48C29 -48 43 -34 43 -6C43 24 27 37 2 37C-25 37 -40 24 -40 -6Z"/>
    <g clip-path="url(#glass)"><rect x="-40" y="-48" width="84" height="86" fill="url(#visor)"/>
      <path fill="${css(palette.far)}" d="M-40 9L-22 -6L-12 2L4 -14L20 4L30 -2L46 8V12H-40Z"/><circle cx="${sunX.toFixed(1)}" cy="-18" r="26" fill="url(#spark)"/>
      <path fill="white" opacity=".14" d="M-30 -34C-16 -46 16 -46 28 -36C10 -38 -12 -34 -26 -14C-32 -18 -34 -26 -30 -34Z"/></g>
    <path fill="none" stroke="white" stroke-width="2" stroke-linecap="round" opacity=".55" d="M-50 -14C-47 -34 -34 -50 -14 -56"/>`;
  const scale = Math.min(height / 215, width / 190) * between(random, 0.86, 1);
  const x = width / 2 + between(random, -0.08, 0.08) * unit;
  await overlay(canvas, [placeShape(shapes, x, height - 148 * scale, scale, random() < 0.5)]);
  return canvas;
}
