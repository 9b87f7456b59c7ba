import { z } from "zod";

type Handle = (request: Request) => Promise<Response>;

const SIGNED = "/object/upload/sign/";
const Signed = z.looseObject({ signedUrl: z.string() });

/**
 * Handles a request for a signed upload: POST creates its URL, and PUT sends the file. Returns null for any other request.
 * @supabase/lite also handles these two requests, but with differences: in a PUT, it accepts no form as the body, responds with
 * other errors than Supabase, and applies the size limit of the bucket only to a body of known length.
 */
export function handleSignedUpload(path: string, request: Request, handle: Handle): Promise<Response> | null {
  if (!path.startsWith(SIGNED)) return null;
  if (request.method === "POST") return handle(request).then(withSignedUrl);
  return request.method === "PUT" ? putFile(path.slice(SIGNED.length), request, handle) : null;
}

async function putFile(key: string, request: Request, handle: Handle): Promise<Response> {
  const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data");
  const response = await handle(isForm ? await withPlainFile(request) : await withLength(request));
  const { status } = response;
  if (status === 200) return Response.json({ Key: key }, { headers: response.headers });
  // If the token is not valid, @supabase/lite responds with 403 or 500. Supabase, and so this function, responds with 400.
  if (status === 403) return refuse("InvalidSignature", "Invalid signature", response);
  return status === 500 ? refuse("InvalidJWT", "signature verification failed", response) : response;
}

function refuse(error: string, message: string, { headers }: Response): Response {
  return Response.json({ statusCode: "400", error, message }, { status: 400, headers });
}

async function withLength(request: Request): Promise<Request> {
  if (request.headers.has("content-length")) return request;
  const body = await request.arrayBuffer();
  const headers = new Headers(request.headers);
  headers.set("content-length", String(body.byteLength));
  return new Request(request.url, { method: request.method, headers, body });
}

/**
 * Returns the request with only the file as its body. The client sends a Blob in a form field without a name, and @supabase/lite
 * does not find the Blob in the form.
 */
export async function withPlainFile(request: Request): Promise<Request> {
  const form = await request.formData();
  const file = [...form.values()].find((value) => value instanceof Blob) ?? new Blob();
  const headers = new Headers(request.headers);
  headers.set("content-type", file.type || "application/octet-stream");
  headers.set("content-length", String(file.size));
  return new Request(request.url, { method: request.method, headers, body: file });
}

/**
 * Adds the signed URL to the response under the names that the client reads: `signedURL` for a download, and `url` for an upload.
 * Both values are relative to /storage/v1.
 */
export async function withSignedUrl(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const signed = Signed.parse(await response.json());
  const relative = signed.signedUrl.replace(/^\/storage\/v1/, "");
  return Response.json({ ...signed, signedURL: relative, url: relative });
}
