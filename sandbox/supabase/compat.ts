import { z } from "zod";

const Signed = z.looseObject({ signedUrl: z.string() });

/** Mends the places where @supabase/lite and the official client do not understand each other. */
export async function adaptRequest(
  request: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method === "POST" && pathname === "/auth/v1/verify") return answer(await withKnownType(request));
  if (request.method === "POST" && /^\/storage\/v1\/object\/(upload\/)?sign\//.test(pathname)) {
    return withSignedUrl(await answer(request));
  }
  const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data");
  if (isForm && pathname.startsWith("/storage/v1/object/")) return answer(await withPlainFile(request));
  return answer(request);
}

/** A magic link's type is "email" today; @supabase/lite knows its older name alone. */
async function withKnownType(request: Request): Promise<Request> {
  const body = await request.text();
  return new Request(request, { method: "POST", body: body.replace(/"type"\s*:\s*"email"/, '"type":"magiclink"') });
}

/** The client sends a Blob as a form whose field has no name; @supabase/lite looks for another name, or for no form at all. */
async function withPlainFile(request: Request): Promise<Request> {
  const form = await request.formData();
  const file = [...form.values()].find((value) => value instanceof Blob) ?? new Blob();
  const headers = new Headers(request.headers);
  headers.set("content-type", file.type || "application/octet-stream");
  headers.set("content-length", String(file.size));
  return new Request(request.url, { method: request.method, headers, body: file });
}

/** The client reads `signedURL` (downloads) and `url` (uploads), both relative to /storage/v1. */
async function withSignedUrl(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const signed = Signed.parse(await response.json());
  const relative = signed.signedUrl.replace(/^\/storage\/v1/, "");
  return Response.json({ ...signed, signedURL: relative, url: relative });
}
