/** How the session is kept: out of reach of scripts, since only the server talks to Supabase. */
export function sessionCookie(isHttps: boolean) {
  return { path: "/", sameSite: "lax", httpOnly: true, secure: isHttps } as const;
}
