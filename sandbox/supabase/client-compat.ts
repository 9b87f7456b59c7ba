import { z } from "zod";

const Signed = z.looseObject({ signedUrl: z.string() });

/** Translates between the official Supabase client and @supabase/lite where the two differ. */
export async function adaptRequest(
  request: Request,
  handle: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method === "POST" && pathname === "/auth/v1/verify") return handle(await withKnownType(request));
  if (request.method === "POST" && /^\/storage\/v1\/object\/(upload\/)?sign\//.test(pathname)) {
    return withSignedUrl(await handle(request));
  }
  const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data");
  if (isForm && pathname.startsWith("/storage/v1/object/")) return handle(await withPlainFile(request));
  return handle(request);
}

/** The client sends the type "email" for a magic link; @supabase/lite knows only the older name, "magiclink". */
async function withKnownType(request: Request): Promise<Request> {
  const body = await request.text();
  return new Request(request, { method: "POST", body: body.replace(/"type"\s*:\s*"email"/, '"type":"magiclink"') });
}

/** The client sends a Blob in a form field without a name, which @supabase/lite does not find. So this sends only the file. */
async function withPlainFile(request: Request): Promise<Request> {
  const form = await request.formData();
  const file = [...form.values()].find((value) => value instanceof Blob) ?? new Blob();
  const headers = new Headers(request.headers);
  headers.set("content-type", file.type || "application/octet-stream");
  headers.set("content-length", String(file.size));
  return new Request(request.url, { method: request.method, headers, body: file });
}

/** The client reads `signedURL` for downloads and `url` for uploads, both relative to /storage/v1. */
async function withSignedUrl(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const signed = Signed.parse(await response.json());
  const relative = signed.signedUrl.replace(/^\/storage\/v1/, "");
  return Response.json({ ...signed, signedURL: relative, url: relative });
}
