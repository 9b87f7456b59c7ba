import { between } from "./canvas/random.ts";
import { n } from "./canvas/svg-overlay.ts";
import { css } from "./colours/colour.ts";
import { createScene, type DrawRequest } from "./scenes/scene.ts";

const HILLS = 4;
const POINTS = 6;

/**
 * Draws the landscape of a prompt as SVG: sky, sun and rows of hills. The SVG contains no text of the prompt, so nothing needs
 * escaping.
 */
export function drawVector(request: Omit<DrawRequest, "format">): string {
  const scene = createScene({ ...request, format: "png" });
  const { width, height, horizon, sun, palette } = scene;
  const random = scene.random("hills");
  const shades = [palette.far, palette.ground, palette.accent, palette.near];

  const hill = (row: number) => {
    const foot = horizon + ((height - horizon) * row) / HILLS;
    const lift = (height / 7) * (1 - row / (HILLS * 2));
    const points = Array.from({ length: POINTS + 1 }, (_, at) => ({
      x: (width * at) / POINTS,
      y: foot - between(random, 0, lift),
    }));
    const curves = points.slice(1).map(({ x, y }, at) => {
      const before = points[at] ?? { x: 0, y };
      const middle = (before.x + x) / 2;
      return `C${n(middle)} ${n(before.y)} ${n(middle)} ${n(y)} ${n(x)} ${n(y)}`;
    });
    const start = `M0 ${n(points[0]?.y ?? foot)}`;
    return `<path fill="${css(shades[row] ?? palette.near)}" d="${start}${curves.join("")}V${height}H0Z"/>`;
  };

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<linearGradient id="sky" x2="0" y2="1"><stop stop-color="${css(palette.top)}"/>`,
    `<stop offset="1" stop-color="${css(palette.low)}"/></linearGradient>`,
    `<rect width="${width}" height="${height}" fill="url(#sky)"/>`,
    `<circle cx="${n(sun.x)}" cy="${n(sun.y)}" r="${n(sun.radius * 2)}" fill="${css(palette.disc)}"/>`,
    ...Array.from({ length: HILLS }, (_, row) => hill(row)),
    "</svg>\n",
  ].join("\n");
}
