import { z } from "zod";

/**
 * The query of a link in an e-mail: a token or a code. A code works only in the browser that requested the e-mail. Links from
 * Supabase's own templates have a code. Links from the templates in supabase/templates have a token.
 */
export const ConfirmLink = z.union([
  z.object({
    token_hash: z.string().min(1).max(500),
    type: z.enum(["email", "magiclink", "signup", "recovery", "invite", "email_change"]),
  }),
  z.object({ code: z.string().min(1).max(500) }),
]);
export type ConfirmLink = z.infer<typeof ConfirmLink>;

const Failure = z.union([
  z.object({ error_code: z.string().min(1) }).transform(({ error_code }) => error_code),
  z.object({ error: z.string().min(1) }).transform(({ error }) => error),
]);

/** Returns the error code that Supabase has added to the query of one of our pages. Returns null if there is none. */
export function failureIn(query: Record<string, unknown>): string | null {
  return Failure.safeParse(query).data ?? null;
}
