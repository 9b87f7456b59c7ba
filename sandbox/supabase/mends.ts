import { z } from "zod";

const Signed = z.looseObject({ signedUrl: z.string() });

/** Mends the places where @supabase/lite and the official client do not understand each other. */
export async function mend(request: Request, answer: (request: Request) => Promise<Response>): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method !== "POST") return answer(request);
  if (pathname === "/auth/v1/verify") return answer(await withKnownType(request));
  if (/^\/storage\/v1\/object\/(upload\/)?sign\//.test(pathname)) return withSignedUrl(await answer(request));
  return answer(request);
}

/** A magic link's type is "email" today; @supabase/lite knows its older name alone. */
async function withKnownType(request: Request): Promise<Request> {
  const body = await request.text();
  return new Request(request, { method: "POST", body: body.replace(/"type"\s*:\s*"email"/, '"type":"magiclink"') });
}

/** The client reads `signedURL` (downloads) and `url` (uploads), both relative to /storage/v1. */
async function withSignedUrl(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const body: unknown = await response.json();
  return Response.json(Array.isArray(body) ? body.map(name) : name(body), { status: response.status });
}

function name(entry: unknown): unknown {
  const signed = Signed.safeParse(entry).data;
  if (!signed) return entry;
  const relative = signed.signedUrl.replace(/^\/storage\/v1/, "");
  return { ...signed, signedURL: relative || null, url: relative };
}
