/** For whoever does not know yet what to ask for. */
export const startingPrompts = [
  "A lighthouse on a black basalt cliff at dusk, long exposure sea, film grain",
  "Portrait of an old clockmaker by window light, 85 mm, shallow focus",
  "Misty pine forest from above, first sun between the trees, muted greens",
  "A bowl of ripe persimmons on dark linen, chiaroscuro, Dutch still life",
  "Night street after rain, red neon in the puddles, a single umbrella",
  "Desert dunes under a violet sky with a thin crescent moon, minimal",
];
