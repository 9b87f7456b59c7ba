import type { Field } from "./inputs/fields";
import type { ModelExample } from "./example";
import type { Makes } from "./inputs/takes-and-makes";
import type { ModelPrice } from "./prices/schema";
import type { Task } from "./tasks";

/** One of the kinds of input that a model can take. */
export type Takes = "text" | "image" | "video" | "audio";
/** What a model makes, as the pages show it. `other`: documents, numbers, or an object with several outputs. */
export type Made = Makes | "3d";
export type MediaKinds = { takes: Takes[]; makes: Made };

/** The filter of the Models page. */
export type ModelFilter = { makes?: Exclude<Made, "other"> | undefined; takes?: Exclude<Takes, "text"> | undefined };

/** The price of a model. If the price is not known, each run counts as `usd` US dollars toward the limits. */
export type ListedPrice = ModelPrice | { per: "unknown"; usd: number };

export type Listing = {
  /** The name at Replicate: `owner/name`. */
  model: string;
  title: string;
  description: string;
  /** The URL of the model's cover image, or null. */
  cover: string | null;
  /** The number of runs on Replicate. Null if unknown. */
  runs: number | null;
  /** Whether the model can be used here: see `isOffered`. */
  isAvailable: boolean;
  /** What the model takes and makes. Null if unknown. */
  kinds: MediaKinds | null;
  price: ListedPrice;
};

export type FeaturedListing = Listing & { task: Task };

/** One page of models. `next` is the cursor of the next page. */
export type ListingPage = { models: Listing[]; next: string | null };

export type Collection = { slug: string; name: string; description: string };

export type ModelDetails = Listing & {
  isOfficial: boolean;
  /** The hardware that runs the model, such as "Nvidia T4". Null if unknown. */
  hardware: string | null;
  links: { label: string; url: string }[];
  example: ModelExample | null;
  /** The versions of the model, newest first. */
  versions: { id: string; createdAt: string }[];
  /**
   * The version whose inputs are in `fields`. Null for the newest version of an official model: requests to Replicate contain no
   * version for such a model.
   */
  version: string | null;
  fields: Field[];
};
