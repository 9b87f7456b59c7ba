import type { Session } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import { hasForeignPassword, isForNewPassword } from "@/lib/sign-in/claim-account";
import { createToken } from "../sessions";

const minute = 60_000;
const now = Date.parse("2026-11-30T12:00:00Z");
const at = (time: number) => new Date(time).toISOString();
const key = "x".repeat(22);

/** The session of a user whose account was created and confirmed at these times (ms), and who has signed in with `method`. */
function sessionOf({ created, confirmed, method = "otp" }: { created: number; confirmed: number; method?: string }) {
  const user = { created_at: at(created), email_confirmed_at: at(confirmed), last_sign_in_at: at(now) };
  const access_token = createToken({ amr: [{ method, timestamp: now / 1000 }] });
  return { session: { user, access_token } as unknown as Session };
}
const justConfirmed = (created: number) => sessionOf({ created, confirmed: now - 3 });

test("a password is somebody else's if this browser did not create the account that has just been confirmed", () => {
  expect(hasForeignPassword(justConfirmed(now - minute), null)).toBe(true);
  expect(hasForeignPassword(justConfirmed(now - minute), { key, isSignUp: true, signedUpAt: null })).toBe(true);
});

test("it is also somebody else's if the account was there before this browser signed up: Supabase keeps the first password", () => {
  expect(hasForeignPassword(justConfirmed(now - 30 * minute), { key, isSignUp: true, signedUpAt: now - minute })).toBe(
    true,
  );
});

test("it is the user's own if this browser has created the account", () => {
  expect(hasForeignPassword(justConfirmed(now - minute + 200), { key, isSignUp: true, signedUpAt: now - minute })).toBe(
    false,
  );
});

test("it is somebody else's if the account was created later than the request of this browser can have created it", () => {
  const created = now - 20 * minute;
  const later = (seconds: number) => ({ key, isSignUp: true, signedUpAt: created - seconds * 1000 });
  expect(hasForeignPassword(justConfirmed(created), later(9))).toBe(false);
  expect(hasForeignPassword(justConfirmed(created), later(11))).toBe(true);
});

test("an account that was confirmed before keeps its password", () => {
  const session = sessionOf({ created: now - 9 * minute, confirmed: now - 8 * minute });
  expect(hasForeignPassword(session, null)).toBe(false);
});

test("an account that a link of Supabase's own templates has confirmed is new, although the button was pressed later", () => {
  for (const method of ["email/signup", "invite", "recovery"]) {
    const session = sessionOf({ created: now - 9 * minute, confirmed: now - minute, method });
    expect(hasForeignPassword(session, null)).toBe(true);
    expect(hasForeignPassword(session, { key, isSignUp: true, signedUpAt: now - 9 * minute - 200 })).toBe(false);
  }
});

test.each(["magiclink", "recovery"])(
  "a link (%s) to an account that was confirmed long ago keeps its password",
  (method) => {
    expect(hasForeignPassword(sessionOf({ created: 0, confirmed: now - 6 * minute, method }), null)).toBe(false);
  },
);

test("a link of Supabase's own templates for a new password or an invitation leads to the choice of a password", () => {
  const isFor = (method: string) => isForNewPassword(sessionOf({ created: 0, confirmed: 0, method }).session);
  expect(["recovery", "invite", "email/signup", "magiclink", "otp"].filter(isFor)).toEqual(["recovery", "invite"]);
});
