import "server-only";
import type { User } from "@/lib/auth";
import { env } from "@/lib/env";

/** The message for a user who tries to change the sign-in of the demo account, or to delete this account. */
export const demoRefusal = "Many people use the demo account, so you cannot change it.";

/** Whether this is the account that the sign-in page offers to everyone. */
export function isDemo({ email }: Pick<User, "email">): boolean {
  return email.toLowerCase() === env().demo?.email.toLowerCase();
}
