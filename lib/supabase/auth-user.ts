import { z } from "zod";

/** The longest name of a user (characters). */
export const MAX_NAME = 80;

/**
 * A name from the metadata of a user. The metadata may contain any value, because users can change the metadata with Supabase's
 * own API, and sign-in providers change it too.
 */
const Name = z
  .string()
  .transform((name) => Array.from(name.toWellFormed().trim()).slice(0, MAX_NAME).join(""))
  .catch("");

/**
 * The key, in the user's metadata, of the name that the user has chosen. The app does not use the key `name` for it, because
 * Supabase replaces `name` at each sign-in with another service.
 */
export const CHOSEN_NAME = "chosen_name";

const Metadata = z
  .object({ [CHOSEN_NAME]: Name.optional(), name: Name.optional() })
  .transform((given) => given[CHOSEN_NAME] ?? given.name ?? "")
  .catch("");

/**
 * What the app reads of a user of Supabase Auth. `name` is the name that the user has chosen, or else the name at another
 * service, or else empty. `hasFactor`: the account asks for a second step at sign-in.
 */
export const AuthUser = z
  .object({
    id: z.uuid(),
    email: z.string().default(""),
    user_metadata: Metadata.default(""),
    factors: z.array(z.object({ status: z.string() })).default([]),
  })
  .transform(({ id, email, user_metadata: name, factors }) => ({
    id,
    email,
    name,
    hasFactor: hasVerifiedFactor(factors),
  }));

/** Whether an account asks for a second step at sign-in. */
export function hasVerifiedFactor(factors: { status: string }[] = []): boolean {
  return factors.some(({ status }) => status === "verified");
}
