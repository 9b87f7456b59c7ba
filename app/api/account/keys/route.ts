import { requireReader, requireRecentUser } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { createApiKey, listApiKeys } from "@/lib/keys/own-keys";
import { NewKey } from "@/lib/keys/schema";
import { createUserClient } from "@/lib/supabase/user-client";

/** Makes an API key. Only this response contains the whole key. */
export const POST = route(async (request) => {
  const user = await requireRecentUser(request);
  return json(await createApiKey(user.id, await readBody(request, NewKey)), { status: 201 });
});

/**
 * Returns the user's API keys that are not revoked, newest first. The response contains only the first characters of each key.
 */
export const GET = route(async (request) => {
  await requireReader(request, "keys");
  return json({ results: await listApiKeys(await createUserClient(request)) });
});

export const { OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD", "POST");
