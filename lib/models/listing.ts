import type { Field } from "./fields";

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
};

/** `next` is the cursor of the next page. */
export type ListingPage = { models: Listing[]; next: string | null };

export type Collection = { slug: string; name: string; description: string };

export type ModelDetails = Listing & {
  isOfficial: boolean;
  links: { label: string; url: string }[];
  /** Newest first. */
  versions: { id: string; createdAt: string }[];
  /** The version to which `fields` belongs. Null for the newest version of an official model, which runs without a version. */
  version: string | null;
  fields: Field[];
};
