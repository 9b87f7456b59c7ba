import { randomUUID } from "node:crypto";
import { createServerClient } from "@supabase/ssr";
import {
  createClient,
  type AuthResponse,
  type AuthTokenResponsePassword,
  type SupabaseClient,
} from "@supabase/supabase-js";
import type { Stack } from "./stack";

type Env = Stack["env"];

const quiet = { auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false } };

/** Returns a Supabase client with the rights of the token's user or, without a token, of a visitor. */
export function connect({ env }: { env: Env }, accessToken?: string) {
  const headers: Record<string, string> = accessToken ? { Authorization: `Bearer ${accessToken}` } : {};
  return createClient(env.NEXT_PUBLIC_SUPABASE_URL ?? "", env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "", {
    ...quiet,
    global: { headers },
  });
}

/** Returns a Supabase client with the secret key, which has all rights. */
export function connectAsService({ env }: { env: Env }) {
  return createClient(env.NEXT_PUBLIC_SUPABASE_URL ?? "", env.SUPABASE_SECRET_KEY ?? "", quiet);
}

/** Creates an account and signs it in. */
export async function createUser(stack: { env: Env }) {
  const account = { email: `${randomUUID()}@darkroom.test`, password: "correct horse battery" };
  return openSession(stack, account, (auth) => auth.signUp(account));
}

/** Returns the user's session cookie, but it says that the access token has expired. So the app must renew the session. */
export function expire({
  id,
  email,
  accessToken,
  refreshToken,
}: Pick<User, "id" | "email" | "accessToken" | "refreshToken">) {
  const session = {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: "bearer",
    expires_in: 3600,
    expires_at: Math.floor(Date.now() / 1000) - 60,
    user: { id, email },
  };
  return { Cookie: `sb-127-auth-token=base64-${Buffer.from(JSON.stringify(session)).toString("base64url")}` };
}

export type User = Awaited<ReturnType<typeof signIn>>;

/** Signs in, by default as the demo user. The returned `cookie` is the header that a browser sends after it has signed in. */
export async function signIn(
  stack: { env: Env },
  email = stack.env.DEMO_EMAIL ?? "",
  password = stack.env.DEMO_PASSWORD ?? "",
) {
  return openSession(stack, { email, password }, (auth) => auth.signInWithPassword({ email, password }));
}

async function openSession(
  stack: { env: Env },
  account: { email: string; password: string },
  open: (auth: SupabaseClient["auth"]) => Promise<AuthResponse | AuthTokenResponsePassword>,
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
  const { data, error } = await open(client.auth);
  if (error) throw error;
  if (!data.session) throw new Error("There is no session.");
  const accessToken = data.session.access_token;
  return {
    ...account,
    id: data.session.user.id,
    accessToken,
    refreshToken: data.session.refresh_token,
    bearer: { Authorization: `Bearer ${accessToken}` },
    cookie: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
    supabase: connect(stack, accessToken),
  };
}
