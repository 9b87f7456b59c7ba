import { z } from "zod";

const Claims = z.object({
  session_id: z.uuid(),
  aal: z.string(),
  amr: z.array(z.object({ method: z.string(), timestamp: z.number() })),
});

/** Returns the claims of an access token that say how the user signed in. */
export function claimsOf(token = "") {
  return Claims.parse(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()));
}
