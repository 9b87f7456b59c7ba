import "server-only";
import { z } from "zod";
import { Timestamp } from "@/lib/supabase/result";

/**
 * What a key allows. `predict`: run models, cancel predictions and upload files. `read`: read predictions, files and models.
 * `manage`: delete files.
 */
export const Scope = z.enum(["predict", "read", "manage"]);
export type Scope = z.infer<typeof Scope>;

/** The longest name of a key (characters), and the highest daily limit of a key (images or US dollars). */
export const MAX_KEY_NAME = 100;
export const MAX_KEY_LIMIT = 1e6;

/**
 * A request for a new key. `expires_at` must have a time zone. If a limit is null or missing, only the user's own limit
 * applies.
 */
export const NewKey = z.strictObject({
  name: z.string().trim().min(1, "Enter a name").max(MAX_KEY_NAME, `Use at most ${MAX_KEY_NAME} characters`),
  scopes: z
    .array(Scope)
    .min(1, "Choose at least one permission")
    .default(["predict", "read"])
    .transform((scopes) => [...new Set(scopes)]),
  expires_at: z.iso
    .datetime({ offset: true })
    .refine((time) => Date.parse(time) > Date.now(), "must be in the future")
    .nullable()
    .default(null),
  daily_images: z.int().min(0).max(MAX_KEY_LIMIT).nullable().default(null),
  daily_usd: z.number().min(0).max(MAX_KEY_LIMIT).nullable().default(null),
});
export type NewKey = z.infer<typeof NewKey>;

/**
 * An API key, as its owner sees it. `start` is the beginning of the key. `daily_images` and `daily_usd` are the daily limits
 * of the key. If a limit is null, only the user's own limit applies. `last_used_at` is rounded down to the hour.
 */
export const ApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  start: z.string(),
  scopes: z.array(Scope),
  daily_images: z.int().nullable(),
  daily_usd: z.number().nullable(),
  expires_at: Timestamp.nullable(),
  last_used_at: Timestamp.nullable(),
  created_at: Timestamp,
});
export type ApiKey = z.infer<typeof ApiKey>;
