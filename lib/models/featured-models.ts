export type FeaturedModel = {
  /** `owner/name` */
  id: string;
  /** The version that runs by default. Null: the newest version. */
  version: string | null;
  description: string;
  tool: "generate" | "upscale" | "remove-background" | "restore";
};

/**
 * The featured models. The page Models and the model menu show those that are allowed. `ALLOWED_MODELS` sets which models are
 * allowed. If it is empty, all featured models are allowed.
 */
export const featuredModels: FeaturedModel[] = [
  {
    id: "stability-ai/sdxl",
    version: "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc",
    description: "Painterly images with fine control: negative prompts, steps, guidance and a refiner.",
    tool: "generate",
  },
  {
    id: "black-forest-labs/flux-schnell",
    version: null,
    description: "Crisp images in about a second. Good for trying many ideas.",
    tool: "generate",
  },
  {
    id: "nightmareai/real-esrgan",
    version: "f121d640bd286e1fdc67f9799164c1d5be36ff74576ee11c803ae5b665dd46aa",
    description: "Enlarges an image up to ten times and keeps it sharp.",
    tool: "upscale",
  },
  {
    id: "cjwbw/rembg",
    version: "fb8af171cfa1616ddcf1242c093f9c46bcada5ad4cf6f2fbe8b81b330ec5c003",
    description: "Keeps the subject and makes the background transparent.",
    tool: "remove-background",
  },
  {
    id: "tencentarc/gfpgan",
    version: "0fbacf7afc6c144e5be9767cff80f25aff23e52b0708f17e20f9879b2f21516c",
    description: "Restores faces in old or blurred photographs.",
    tool: "restore",
  },
];
