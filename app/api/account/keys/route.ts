import { requireReader, requireRecentUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { createApiKey, listApiKeys } from "@/lib/keys/own-keys";
import { NewKey } from "@/lib/keys/schema";
import { createUserClient } from "@/lib/supabase/user-client";

/** Makes an API key. The key itself is only in this response. */
export const POST = route(async (request) => {
  const user = await requireRecentUser(request);
  return json(await createApiKey(user.id, await readBody(request, NewKey)), { status: 201 });
});

/** Returns the user's API keys that are not revoked, newest first. Of each key, only the first characters are returned. */
export const GET = route(async (request) => {
  await requireReader(request, "keys");
  return json({ results: await listApiKeys(await createUserClient(request)) });
});

export const { OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD", "POST");
