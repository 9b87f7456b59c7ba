/** Examples in an empty feed. */
export const startingPrompts = [
  "A lighthouse on a black basalt cliff at dusk, long exposure sea, film grain",
  "Portrait of an old clockmaker by window light, 85 mm, shallow focus",
  "Misty pine forest from above, first sun between the trees, muted greens",
  "A bowl of ripe persimmons on dark linen, chiaroscuro, Dutch still life",
  "Night street after rain, red neon in the puddles, a single umbrella",
  "Desert dunes under a violet sky with a thin crescent moon, minimal",
];

/** Words that give any image a look. They are added to the prompt, where they can be edited. */
export const styles = [
  { name: "Film photograph", words: "35mm film photograph, natural light, fine grain" },
  { name: "Studio portrait", words: "studio portrait, soft key light, shallow depth of field" },
  { name: "Black and white", words: "black and white photograph, deep shadows, silver gelatin print" },
  { name: "Cinematic", words: "cinematic still, anamorphic lens, moody colour grade" },
  { name: "Watercolor", words: "loose watercolor painting, paper texture, soft edges" },
  { name: "Oil painting", words: "oil painting, visible brushwork, rich impasto" },
  { name: "Ink drawing", words: "black ink drawing, confident line work, white paper" },
  { name: "Woodblock print", words: "woodblock print, flat colours, fine outlines" },
  { name: "Isometric", words: "isometric illustration, clean shapes, soft shadows" },
  { name: "Clay model", words: "handmade clay miniature, macro photograph, soft light" },
];
