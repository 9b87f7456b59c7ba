import { afterEach, expect, test, vi } from "vitest";
import { checkAuthSettings } from "@/lib/ops/check-auth-settings";

const state = vi.hoisted(() => ({ env: {}, answer: () => Promise.resolve(new Response()) }));
const logged = vi.hoisted(() => vi.fn<(event: string, details?: object) => void>());
vi.mock("@/lib/log", () => ({ log: { error: logged } }));
vi.mock("@/lib/env", () => ({ env: () => ({ NEXT_PUBLIC_SUPABASE_URL: "http://127.0.0.1:1", ...state.env }) }));
afterEach(() => {
  vi.unstubAllGlobals();
  logged.mockReset();
});

const hosted = { external: { google: true, github: false }, disable_signup: false, mailer_autoconfirm: false };

/** Returns the events that are logged with these settings of the app and of Supabase. With null, Supabase does not respond. */
async function check(env: object, supabase: object | null) {
  state.env = { SIGN_UP: "open", AUTH_PROVIDERS: [], isSandbox: false, ...env };
  vi.stubGlobal("fetch", async () => {
    if (supabase === null) throw new TypeError("fetch failed");
    return Response.json({ ...hosted, ...supabase });
  });
  await checkAuthSettings();
  return logged.mock.calls.map(([event]) => event);
}

test.each<[string, object, object | null, string[]]>([
  ["settings that fit", {}, {}, []],
  ["sign-ups that only the app has closed", { SIGN_UP: "invite" }, {}, ["sign_ups_are_on_in_supabase"]],
  ["sign-ups that both have closed", { SIGN_UP: "closed" }, { disable_signup: true }, []],
  ["sign-ups that only Supabase has closed", {}, { disable_signup: true }, ["sign_ups_are_off_in_supabase"]],
  ["accounts without confirmation", {}, { mailer_autoconfirm: true }, ["accounts_need_no_confirmation"]],
  ["accounts without confirmation in the sandbox", { isSandbox: true }, { mailer_autoconfirm: true }, []],
  ["a provider that is off", { AUTH_PROVIDERS: [{ name: "github" }] }, {}, ["providers_are_off_in_supabase"]],
  ["a provider of one's own", { AUTH_PROVIDERS: [{ name: "google" }, { name: "custom:mine" }] }, {}, []],
  ["a Supabase that does not answer", { SIGN_UP: "closed" }, null, []],
])("%s", async (_, env, supabase, events) => {
  expect(await check(env, supabase)).toEqual(events);
});
