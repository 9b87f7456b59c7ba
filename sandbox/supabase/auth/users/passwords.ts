import { randomBytes } from "node:crypto";
import bcrypt from "bcryptjs";
import { AuthError, invalid } from "../http/errors.ts";
import type { AuthSettings } from "../settings.ts";

/**
 * The cost of a bcrypt hash. It is far below the 10 of the real server, because the sandbox stores no real passwords, and tests
 * sign in hundreds of times.
 */
const COST = 4;

export const hashPassword = (password: string) => bcrypt.hashSync(password, COST);

/** Returns whether the hash is that of the password. Always false for an account without a password. */
export function isPassword(password: string, hash: string | null): boolean {
  return !!hash && bcrypt.compareSync(password, hash);
}

/** Returns a random password, which nobody knows. */
export const randomPassword = () => randomBytes(24).toString("base64url");

/** Throws the error of the real server if the password is too short or too long. */
export function requireStrongPassword(password: string, { passwordLength }: AuthSettings): void {
  if (Buffer.byteLength(password) > 72) throw invalid("Password cannot be longer than 72 characters");
  if (Buffer.byteLength(password) >= passwordLength) return;
  const message = `Password should be at least ${passwordLength} characters.`;
  throw new AuthError(422, "weak_password", message, { details: { weak_password: { reasons: ["length"] } } });
}
