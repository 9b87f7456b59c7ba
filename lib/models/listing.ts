import type { Field } from "./fields";

/** A model as a card shows it. */
export type Listing = {
  /** `owner/name` */
  model: string;
  title: string;
  description: string;
  /** The URL of an image that pages may load; null when there is none. */
  cover: string | null;
  /** How often it has run on Replicate; null when Replicate does not say. */
  runs: number | null;
  /** Whether this installation runs it. */
  isAvailable: boolean;
};

/** One page of models. `next` is the cursor of the following page. */
export type ListingPage = { models: Listing[]; next: string | null };

export type Collection = { slug: string; name: string; description: string };

/** A model as its own page shows it. */
export type ModelDetails = Listing & {
  isOfficial: boolean;
  links: { label: string; url: string }[];
  /** Newest first. */
  versions: { id: string; createdAt: string }[];
  /** The version that `fields` belong to; null: the newest of an official model, which runs without a version. */
  version: string | null;
  fields: Field[];
};
