import type { Session } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import { hasForeignPassword } from "@/lib/sign-in/claim-account";

const minute = 60_000;
const now = Date.parse("2026-11-30T12:00:00Z");
const at = (time: number) => new Date(time).toISOString();
const key = "x".repeat(22);

/** The session of a user with these times. */
function sessionOf({ created, confirmed }: { created: number; confirmed: number }) {
  const user = { created_at: at(created), email_confirmed_at: at(confirmed), last_sign_in_at: at(now) };
  return { session: { user } as unknown as Session };
}
const justConfirmed = (created: number) => sessionOf({ created, confirmed: now - 3 });

test("a password is somebody else's if this browser did not create the account that has just been confirmed", () => {
  expect(hasForeignPassword(justConfirmed(now - minute), null)).toBe(true);
  expect(hasForeignPassword(justConfirmed(now - minute), { key, signedUpAt: null })).toBe(true);
});

test("it is also somebody else's if the account was there before this browser signed up: Supabase keeps the first password", () => {
  expect(hasForeignPassword(justConfirmed(now - 30 * minute), { key, signedUpAt: now - minute })).toBe(true);
});

test("it is the user's own if this browser has created the account", () => {
  expect(hasForeignPassword(justConfirmed(now - minute + 200), { key, signedUpAt: now - minute })).toBe(false);
});

test("an account that was confirmed before keeps its password", () => {
  const session = sessionOf({ created: now - 9 * minute, confirmed: now - 8 * minute });
  expect(hasForeignPassword(session, null)).toBe(false);
});
