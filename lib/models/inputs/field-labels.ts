/** Labels for inputs whose names are not clear, and for inputs that have other names in other models. */
const LABELS: Record<string, string> = {
  num_inference_steps: "Steps",
  num_steps: "Steps",
  guidance_scale: "Guidance",
  cfg: "Guidance",
  cfg_scale: "Guidance",
  output_format: "Format",
  output_quality: "Quality",
  fps: "Frames per second",
  n: "Number of images",
};

/** How words and abbreviations in the names of inputs are written in a label. */
const WORDS: Record<string, string> = {
  img: "image",
  imgs: "images",
  vid: "video",
  txt: "text",
  num: "number of",
  frac: "fraction",
  neg: "negative",
  hf: "Hugging Face",
  huggingface: "Hugging Face",
  openai: "OpenAI",
  lora: "LoRA",
  loras: "LoRAs",
  cfg: "CFG",
  sd: "SD",
  sdxl: "SDXL",
  vae: "VAE",
  nsfw: "NSFW",
  fps: "FPS",
  api: "API",
  id: "ID",
  url: "URL",
  urls: "URLs",
  json: "JSON",
  srt: "SRT",
  "3d": "3D",
};

/** Returns the name of an input in words. For example, `high_noise_frac` becomes "High noise fraction". */
export function inputInWords(name: string): string {
  const known = Object.hasOwn(LABELS, name) ? LABELS[name] : undefined;
  if (known) return known;
  const words = name.split(/[\s_-]+/).filter(Boolean);
  const text = words
    .map((word) => (Object.hasOwn(WORDS, word.toLowerCase()) ? WORDS[word.toLowerCase()] : word))
    .join(" ");
  return text ? text.charAt(0).toUpperCase() + text.slice(1) : name;
}

/**
 * Returns the label of an input. Most titles in schemas only repeat the name, such as "Num Inference Steps" for
 * `num_inference_steps`. In that case, the label is the name in words (see `inputInWords`). Any other title is the label.
 */
export function labelOf(name: string, title: unknown): string {
  const letters = (text: string) => text.toLowerCase().replaceAll(/[\s_-]/g, "");
  if (typeof title !== "string" || !title.trim() || letters(title) === letters(name)) return inputInWords(name);
  return title.trim();
}

/**
 * Returns a value in words if it is an identifier. For example, `no_refiner` becomes "No refiner". Other values stay unchanged.
 */
export function identifierInWords(value: string): string {
  return /^[a-z]+(_[a-z\d]+)+$/.test(value) ? inputInWords(value) : value;
}
