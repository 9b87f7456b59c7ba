import { AsyncLocalStorage } from "node:async_hooks";
import { listFolder } from "./list-folder.ts";
import { handleSignedUpload, withPlainFile, withSignedUrl } from "./signed-uploads.ts";

type Handle = (request: Request) => Promise<Response>;

/**
 * The request that is being handled. file-storage.ts reads the headers of the request from here, because @supabase/lite does not
 * pass them to the storage adapter.
 */
export const storageRequest = new AsyncLocalStorage<Request>();

/** Changes requests and responses where the official client of Supabase Storage and @supabase/lite differ. */
export function adaptStorageRequest(request: Request, handle: Handle): Promise<Response> {
  const path = new URL(request.url).pathname.replace("/storage/v1", "");
  return storageRequest.run(request, async () => {
    if (request.method === "GET") return withConditions(request, await handle(request));
    if (path.startsWith("/object/list/")) return listFolder(request, handle);
    const signed = handleSignedUpload(path, request, handle);
    if (signed) return signed;
    if (request.method === "POST" && path.startsWith("/object/sign/")) return withSignedUrl(await handle(request));
    const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data");
    return handle(isForm && path.startsWith("/object/") ? await withPlainFile(request) : request);
  });
}

/**
 * Changes the status 200 to 304 if the client already has the same file, to 206 for a part of the file, and to 416 for a part
 * beyond the end of the file.
 */
async function withConditions(request: Request, response: Response): Promise<Response> {
  const { headers, body } = response;
  if (!response.ok || !headers.has("etag")) return response;
  if (request.headers.get("if-none-match") === headers.get("etag")) {
    await body?.cancel();
    return new Response(null, { status: 304, headers });
  }
  const range = headers.get("content-range");
  if (range?.startsWith("bytes */")) {
    await body?.cancel();
    const error = { statusCode: "416", error: "invalid_range", message: "invalid range provided" };
    return Response.json(error, { status: 416, headers: { "content-range": range } });
  }
  return range ? new Response(body, { status: 206, headers }) : response;
}
