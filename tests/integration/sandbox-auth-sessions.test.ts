import { expect, inject, test } from "vitest";
import { z } from "zod";
import { sql } from "../support/sql";
import { connect, createUser } from "../support/users";

const stack = inject("stack");

const Claims = z.object({
  session_id: z.uuid(),
  aal: z.string(),
  amr: z.array(z.object({ method: z.string(), timestamp: z.number() })),
});
const claimsOf = (token = "") =>
  Claims.parse(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()));

test("an access token says how and when the user signed in, and a refresh keeps it", async () => {
  const user = await createUser(stack);
  const claims = claimsOf(user.accessToken);
  expect(claims).toMatchObject({ aal: "aal1", amr: [{ method: "password" }] });
  expect(Math.abs((claims.amr[0]?.timestamp ?? 0) - Date.now() / 1000)).toBeLessThan(60);

  const refreshed = await connect(stack).auth.refreshSession({ refresh_token: user.refreshToken });
  expect(claimsOf(refreshed.data.session?.access_token)).toEqual(claims);
});

test("a session has the browser and the address of its last request", async () => {
  const user = await createUser(stack);
  const { session_id } = claimsOf(user.accessToken);
  const read = () =>
    sql(stack, `select user_agent, host(ip) as ip, refreshed_at from auth.sessions where id = '${session_id}'`);
  expect(await read()).toEqual([{ user_agent: expect.any(String), ip: "127.0.0.1", refreshed_at: null }]);

  const headers = {
    apikey: stack.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "",
    "content-type": "application/json",
    "user-agent": "Another browser",
    "x-forwarded-for": "203.0.113.7",
  };
  const url = `${stack.supabaseUrl}/auth/v1/token?grant_type=refresh_token`;
  const body = JSON.stringify({ refresh_token: user.refreshToken });
  expect((await fetch(url, { method: "POST", headers, body })).status).toBe(200);
  expect(await read()).toEqual([
    { user_agent: "Another browser", ip: "203.0.113.7", refreshed_at: expect.stringMatching(/^20/) },
  ]);
});
