/** Words that give any image a look. They go into the prompt, where they can be changed. */
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

/** The prompt with the style's words at its end, or without them where it has them already. */
export function withStyle(prompt: string, words: string) {
  if (!prompt.includes(words)) return prompt.trim() ? `${prompt.trim().replace(/[,.]$/, "")}, ${words}` : words;
  return prompt
    .replace(words, "")
    .replace(/^[,\s]+|[,\s]+$/g, "")
    .replace(/,\s*,/g, ",");
}
