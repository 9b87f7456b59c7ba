import type { Db } from "./auth/database.ts";
import { emailIdentityData, insertIdentity } from "./auth/users/identities.ts";
import { confirmUser } from "./auth/users/one-time-tokens.ts";
import { hashPassword, isPassword } from "./auth/users/passwords.ts";
import { findUserByEmail, insertUser, updateUser } from "./auth/users/user.ts";

export const DEMO_EMAIL = "demo@darkroom.test";

/** Creates the demo account if it is missing, and resets its password if it has changed. */
export async function ensureDemoAccount(db: Db, password: string): Promise<void> {
  const user = await findUserByEmail(db, DEMO_EMAIL);
  if (user && isPassword(password, user.encrypted_password)) return;
  const passwordHash = hashPassword(password);
  if (user) return updateUser(db, user.id, { encrypted_password: passwordHash });
  const created = await insertUser(db, { email: DEMO_EMAIL, passwordHash, provider: "email" });
  await insertIdentity(db, created.id, "email", emailIdentityData(created.id, DEMO_EMAIL));
  await confirmUser(db, created);
}
