import { randomUUID } from "node:crypto";
import { createServerClient } from "@supabase/ssr";
import { createClient } from "@supabase/supabase-js";
import type { Stack } from "./stack";

type Env = Stack["env"];

const quiet = { auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false } };

/** Supabase as somebody who is not signed in, or as the holder of the token. */
export function connect({ env }: { env: Env }, accessToken?: string) {
  const headers: Record<string, string> = accessToken ? { Authorization: `Bearer ${accessToken}` } : {};
  return createClient(env.NEXT_PUBLIC_SUPABASE_URL ?? "", env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "", {
    ...quiet,
    global: { headers },
  });
}

/** Supabase with the secret key. */
export function connectAsService({ env }: { env: Env }) {
  return createClient(env.NEXT_PUBLIC_SUPABASE_URL ?? "", env.SUPABASE_SECRET_KEY ?? "", quiet);
}

/** A person with a new account. */
export async function createUser(stack: { env: Env }) {
  const account = { email: `${randomUUID()}@darkroom.test`, password: "correct horse battery" };
  const { error } = await connect(stack).auth.signUp(account);
  if (error) throw error;
  return signIn(stack, account.email, account.password);
}

export type User = Awaited<ReturnType<typeof signIn>>;

/** Signs a person in; without an e-mail, the demo account. `cookie` is the header that the app's own login would lead to. */
export async function signIn(
  stack: { env: Env },
  email = stack.env.DEMO_EMAIL ?? "",
  password = stack.env.DEMO_PASSWORD ?? "",
) {
  const jar = new Map<string, string>();
  const client = createServerClient(
    stack.env.NEXT_PUBLIC_SUPABASE_URL ?? "",
    stack.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "",
    {
      cookies: {
        getAll: () => [...jar].map(([name, value]) => ({ name, value })),
        setAll: (cookies) => {
          for (const { name, value } of cookies) jar.set(name, value);
        },
      },
    },
  );
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  const accessToken = data.session.access_token;
  return {
    id: data.user.id,
    email,
    password,
    accessToken,
    refreshToken: data.session.refresh_token,
    bearer: { Authorization: `Bearer ${accessToken}` },
    cookie: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
    supabase: connect(stack, accessToken),
  };
}
