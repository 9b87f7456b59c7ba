import { AuthApiError } from "@supabase/supabase-js";
import { expect, test, vi } from "vitest";
import { signUp } from "@/app/login/actions";

const supabase = vi.hoisted(() => ({ signUp: vi.fn<(account: object) => Promise<object>>() }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: "https://darkroom.example" }),
  cookies: async () => ({ set: () => {} }),
}));
vi.mock("@/lib/env", () => ({ env: () => ({ APP_URL: null }) }));
vi.mock("@/lib/limits/request-limits", () => ({ countLogin: async () => {} }));
vi.mock("@/lib/supabase/user-client", () => ({ createAuthClient: async () => supabase }));

/** The answer to a sign-up when e-mail addresses have to be confirmed. */
async function answerTo(error: AuthApiError | null) {
  supabase.signUp.mockResolvedValue({ data: { user: null, session: null }, error });
  const form = new FormData();
  form.set("email", "fox@darkroom.test");
  form.set("password", "a quiet red light");
  return signUp({ email: "" }, form);
}

test.each(["user_already_exists", "email_exists"])(
  "an existing account gets the same answer as a new one: %s",
  async (code) => {
    const anybody = await answerTo(null);
    expect(anybody).toEqual({ email: "fox@darkroom.test", sent: expect.stringContaining("open the link") });
    expect(await answerTo(new AuthApiError("User already registered", 422, code))).toEqual(anybody);
  },
);

test("other errors are shown", async () => {
  const answer = await answerTo(new AuthApiError("Too many requests", 429, "over_email_send_rate_limit"));
  expect(answer).toEqual({ email: "fox@darkroom.test", problem: { field: "form", text: expect.any(String) } });
});
