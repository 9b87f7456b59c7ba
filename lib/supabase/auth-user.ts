import { z } from "zod";

/** The longest name of a user (characters). */
export const MAX_NAME = 80;

/** A name from the metadata of a user. Users can write anything there with Supabase's own API, and sign-in providers do too. */
const Name = z
  .string()
  .transform((name) => Array.from(name.toWellFormed().trim()).slice(0, MAX_NAME).join(""))
  .catch("");

/** The key of the name that a user has chosen. At each sign-in with another service, Supabase replaces `name` by the name there. */
export const CHOSEN_NAME = "chosen_name";

const Metadata = z
  .object({ [CHOSEN_NAME]: Name.optional(), name: Name.optional() })
  .transform((given) => given[CHOSEN_NAME] ?? given.name ?? "")
  .catch("");

/**
 * What the app reads of a user of Supabase Auth. `name` is the one that the user has chosen, or that another service has given, or
 * empty. `hasFactor`: the account asks for a second step at sign-in.
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
