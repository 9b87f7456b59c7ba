import { z } from "zod";

/** The query of a link in an e-mail: a token or a code. A code works only in the browser that requested the e-mail. */
export const ConfirmLink = z.union([
  z.object({
    token_hash: z.string().min(1),
    type: z.enum(["email", "magiclink", "signup", "recovery", "invite", "email_change"]),
  }),
  z.object({ code: z.string().min(1) }),
]);
export type ConfirmLink = z.infer<typeof ConfirmLink>;
