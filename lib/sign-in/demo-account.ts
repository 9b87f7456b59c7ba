import "server-only";
import type { User } from "@/lib/auth";
import { env } from "@/lib/env";

/** What a user of the demo account hears who wants to change how it is signed in to, or to delete it. */
export const demoRefusal = "Everybody uses the demo account, so this cannot be changed.";

/** Whether this is the account that the sign-in page offers to everyone. */
export function isDemo({ email }: Pick<User, "email">): boolean {
  return email.toLowerCase() === env().demo?.email.toLowerCase();
}
