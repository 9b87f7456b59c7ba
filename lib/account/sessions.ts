import "server-only";
import { z } from "zod";
import { adminClient } from "@/lib/supabase/admin-client";
import { Timestamp, unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";

/**
 * A browser or client in which the user is signed in. `used_at`: the time of the sign-in, or of the last renewal of the session.
 */
const Session = z.object({
  id: z.uuid(),
  created_at: Timestamp,
  used_at: Timestamp,
  user_agent: z.string().nullable(),
  is_current: z.boolean(),
});
export type Session = z.infer<typeof Session>;

/** How often a long download checks that its session still exists (ms). */
const CHECK_EVERY = 5_000;

/** Returns the signed-in user's sessions, the most recently used first. */
export async function listSessions(): Promise<Session[]> {
  const supabase = await createUserClient();
  // With `get`, this is a GET request, which Supabase's client repeats after a lost connection.
  return z.array(Session).parse(unwrap(await supabase.rpc("list_sessions", {}, { get: true })));
}

/** Ends one of the signed-in user's sessions. Its tokens work for at most five more seconds. */
export async function endSession(id: string): Promise<void> {
  const supabase = await createUserClient();
  unwrap(await supabase.rpc("end_session", { p_id: id }));
}

/**
 * Yields the chunks as long as the session exists, and throws within seconds after a sign-out. It does not check the access token
 * of the request, because this token may expire during a long download although the user stays signed in.
 */
export async function* whileSignedIn(
  sessionId: string | null,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let checkedAt = performance.now();
  for await (const chunk of chunks) {
    if (sessionId && performance.now() - checkedAt > CHECK_EVERY) {
      const exists = unwrap(await adminClient().rpc("session_exists", { p_id: sessionId }));
      if (exists !== true) throw new Error("The session has ended.");
      checkedAt = performance.now();
    }
    yield chunk;
  }
}
