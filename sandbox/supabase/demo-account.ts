import type { App } from "@supabase/lite";
import type { Mail } from "./mailbox.ts";

export const DEMO_EMAIL = "demo@darkroom.test";

/** Creates the demo account if it is missing, and resets its password if it has changed. */
export async function ensureDemoAccount(app: App, mails: Mail[], password: string): Promise<void> {
  const { auth } = app.getClient({ auth: { persistSession: false, autoRefreshToken: false } });
  const account = { email: DEMO_EMAIL, password };

  const signedIn = await auth.signInWithPassword(account);
  if (signedIn.error) {
    const signedUp = await auth.signUp(account);
    if (signedUp.error) await setPassword(auth, mails, password);
  }
  await auth.signOut({ scope: "local" });
}

async function setPassword(auth: ReturnType<App["getClient"]>["auth"], mails: Mail[], password: string): Promise<void> {
  await auth.signInWithOtp({ email: DEMO_EMAIL });
  const token_hash = new URL(mails[0]?.link ?? "").searchParams.get("token_hash") ?? "";
  const { error } = await auth.verifyOtp({ token_hash, type: "magiclink" });
  if (error) throw error;
  const updated = await auth.updateUser({ password });
  if (updated.error) throw updated.error;
}
