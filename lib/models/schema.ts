import type { Field } from "./fields";

/** A model as cards show it. */
export type Listing = {
  /** `owner/name` */
  model: string;
  title: string;
  description: string;
  /** An address that pages may show images from; null where there is none. */
  cover: string | null;
  /** How often it has run on Replicate. */
  runs: number | null;
  /** Whether this installation runs it. */
  isAvailable: boolean;
};

/** One page of what Replicate lists. `next` is the cursor of the page after it. */
export type ListingPage = { models: Listing[]; next: string | null };

export type Collection = { slug: string; name: string; description: string };

/** A model with what its own page says of it. */
export type ModelDetails = Listing & {
  isOfficial: boolean;
  links: { label: string; url: string }[];
  /** Newest first. */
  versions: { id: string; createdAt: string }[];
  /** The version whose inputs these are; null: the newest of an official model, which is not named. */
  version: string | null;
  fields: Field[];
};
