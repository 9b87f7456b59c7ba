import { adaptStorageRequest } from "./storage-compat.ts";

/** Translates between the official Supabase client and @supabase/lite where the two differ. */
export async function adaptRequest(
  request: Request,
  handle: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/storage/v1/")) return adaptStorageRequest(request, handle);
  if (request.method === "POST" && pathname === "/auth/v1/verify") return handle(await withKnownType(request));
  return handle(request);
}

/** The client sends the type "email" for a magic link; @supabase/lite knows only the older name, "magiclink". */
async function withKnownType(request: Request): Promise<Request> {
  const body = await request.text();
  return new Request(request, { method: "POST", body: body.replace(/"type"\s*:\s*"email"/, '"type":"magiclink"') });
}
