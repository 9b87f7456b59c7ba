import type { Field } from "./inputs/fields";
import type { ModelExample } from "./example";
import type { Makes } from "./inputs/takes-and-makes";
import type { ModelPrice } from "./prices/schema";
import type { Task } from "./tasks";

/** What a model takes as input. */
export type Takes = "text" | "image" | "video" | "audio";
/** What a model makes, as the pages show it. `other`: a document, or an object. */
export type Made = Makes | "3d";
export type MediaKinds = { takes: Takes[]; makes: Made };

/** The filter of the page Models. */
export type ModelFilter = { makes?: Exclude<Made, "other"> | undefined; takes?: Exclude<Takes, "text"> | undefined };

/** The price of a model. If it is not known, each run counts as `usd` US dollars toward the limits. */
export type ListedPrice = ModelPrice | { per: "unknown"; usd: number };

export type Listing = {
  /** `owner/name` */
  model: string;
  title: string;
  description: string;
  /** The URL of an image, or null. */
  cover: string | null;
  /** Number of runs on Replicate; null if unknown. */
  runs: number | null;
  /** Whether this installation allows the model. */
  isAvailable: boolean;
  /** What the model takes and makes; null if unknown. */
  kinds: MediaKinds | null;
  price: ListedPrice;
};

export type FeaturedListing = Listing & { task: Task };

/** `next` is the cursor of the next page. */
export type ListingPage = { models: Listing[]; next: string | null };

export type Collection = { slug: string; name: string; description: string };

export type ModelDetails = Listing & {
  isOfficial: boolean;
  /** The hardware that runs the model, such as "Nvidia T4"; null if unknown. */
  hardware: string | null;
  links: { label: string; url: string }[];
  example: ModelExample | null;
  /** Newest first. */
  versions: { id: string; createdAt: string }[];
  /** The version to which `fields` belongs. Null for the newest version of an official model, which runs without a version. */
  version: string | null;
  fields: Field[];
};
