import { between, type Random } from "../canvas/random.ts";
import { n } from "../canvas/svg-overlay.ts";
import { css, type Colour } from "../colours/colour.ts";

/** Draws a conifer with hanging branches. It stands at (x, y). */
export function drawConifer(x: number, y: number, tall: number, colour: Colour, random: Random): string {
  const tiers = Math.round(between(random, 18, 28));
  const spread = tall * between(random, 0.12, 0.17);
  const left: string[] = [];
  const right: string[] = [];
  for (let tier = 0; tier < tiers; tier++) {
    const t = (tier + 0.6) / tiers;
    const reach = spread * t ** 0.85;
    const top = y - tall + tall * 0.94 * t;
    for (const [side, list] of [
      [-1, left],
      [1, right],
    ] as const) {
      const out = reach * between(random, 0.5, 1.15);
      list.push(
        `${n(x + side * out)} ${n(top + out * between(random, 0.1, 0.32))}`,
        `${n(x + side * reach * 0.46)} ${n(top + reach * 0.05)}`,
      );
    }
  }
  const trunk = tall * 0.012;
  const outline = [
    `${n(x)} ${n(y - tall)}`,
    ...right,
    `${n(x + trunk)} ${n(y + tall * 0.03)}`,
    `${n(x - trunk)} ${n(y + tall * 0.03)}`,
    ...left.reverse(),
  ];
  return `<path fill="${css(colour)}" d="M${outline.join("L")}Z"/>`;
}

/**
 * Draws a broadleaf tree that stands at (x, y). Each branch divides into thinner branches. Without a colour for `leaves`, the
 * tree is bare.
 */
export function drawBroadleaf(
  x: number,
  y: number,
  tall: number,
  colour: Colour,
  leaves: Colour | null,
  random: Random,
): string {
  const wood: string[] = [];
  const crown: string[] = [];
  const grow = (fromX: number, fromY: number, angle: number, length: number, thick: number, level: number) => {
    const toX = fromX + Math.sin(angle) * length;
    const toY = fromY - Math.cos(angle) * length;
    const bend = between(random, -0.14, 0.14) * length;
    wood.push(
      `<path d="M${n(fromX)} ${n(fromY)}Q${n((fromX + toX) / 2 + bend)} ${n((fromY + toY) / 2)} ${n(toX)} ${n(toY)}" stroke-width="${n(Math.max(0.7, thick))}"/>`,
    );
    if (level >= 3 && leaves) {
      const size = tall * between(random, 0.035, 0.075);
      crown.push(
        `<circle cx="${n(toX)}" cy="${n(toY)}" r="${n(size)}" fill="${css(leaves)}" opacity="${n(between(random, 0.7, 1))}"/>`,
      );
    }
    if (level === 5) return;
    const forks = level < 2 ? 3 : 2;
    for (let fork = 0; fork < forks; fork++) {
      const turned = angle + (fork - (forks - 1) / 2) * between(random, 0.5, 0.85) + between(random, -0.15, 0.15);
      grow(toX, toY, turned * 0.97, length * between(random, 0.66, 0.82), thick * 0.62, level + 1);
    }
  };
  grow(x, y + tall * 0.02, between(random, -0.06, 0.06), tall * 0.27, tall * 0.05, 0);
  return `<g fill="none" stroke="${css(colour)}" stroke-linecap="round">${wood.join("")}</g><g>${crown.join("")}</g>`;
}

/** Draws blades of grass along a line. The wind bends them. */
export function drawGrass(width: number, y: number, tall: number, colour: Colour, random: Random): string {
  const blades: string[] = [];
  const wind = between(random, -0.5, 0.5);
  for (let x = 0; x < width; x += tall * 0.055) {
    const size = tall * between(random, 0.3, 1);
    const root = x + between(random, -3, 3);
    const tip = root + size * (wind + between(random, -0.35, 0.35));
    const half = tall * 0.014;
    blades.push(
      `M${n(root - half)} ${n(y + 4)}Q${n(root)} ${n(y - size * 0.6)} ${n(tip)} ${n(y - size)}Q${n(root + half)} ${n(y - size * 0.5)} ${n(root + half)} ${n(y + 4)}Z`,
    );
  }
  return `<path fill="${css(colour)}" d="${blades.join("")}"/>`;
}

/** Draws seven distant birds in an irregular line. */
export function drawBirds(x: number, y: number, unit: number, colour: Colour, random: Random): string {
  const flock: string[] = [];
  for (let bird = 0; bird < 7; bird++) {
    const cx = x + bird * unit * 0.03 * between(random, 0.7, 1.3);
    const cy = y + Math.abs(bird - 3) * unit * 0.014 + between(random, -1, 1) * unit * 0.006;
    const size = unit * between(random, 0.007, 0.012);
    const lift = size * between(random, 0.3, 0.8);
    flock.push(
      `M${n(cx - size)} ${n(cy - lift)}Q${n(cx - size * 0.4)} ${n(cy - lift * 0.9)} ${n(cx)} ${n(cy)}Q${n(cx + size * 0.4)} ${n(cy - lift * 0.9)} ${n(cx + size)} ${n(cy - lift)}`,
    );
  }
  return `<path fill="none" stroke="${css(colour)}" stroke-width="${n(Math.max(1, unit * 0.0022))}" stroke-linecap="round" d="${flock.join("")}"/>`;
}
