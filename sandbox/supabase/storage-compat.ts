import { AsyncLocalStorage } from "node:async_hooks";
import { z } from "zod";
import { handleSignedUpload, withPlainFile, withSignedUrl } from "./signed-uploads.ts";

type Handle = (request: Request) => Promise<Response>;

/** The request that is being handled: @supabase/lite does not pass its headers on to the files. */
export const storageRequest = new AsyncLocalStorage<Request>();

const ListQuery = z.looseObject({
  prefix: z.string().default(""),
  search: z.string().default(""),
  limit: z.number().default(100),
  offset: z.number().default(0),
});
const Listed = z.array(z.looseObject({ name: z.string() }));

/** More files than any folder has here. */
const ALL = 1_000_000;
const FOLDER = { id: null, updated_at: null, created_at: null, last_accessed_at: null, metadata: null };

/** Translates between the official client of Supabase Storage and @supabase/lite where the two differ. */
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

/** Changes the status to 304 if the client has the same file, and to 206 for a part of a file: @supabase/lite responds 200. */
async function withConditions(request: Request, response: Response): Promise<Response> {
  const { headers, body } = response;
  if (!response.ok || !headers.has("etag")) return response;
  if (request.headers.get("if-none-match") === headers.get("etag")) {
    await body?.cancel();
    return new Response(null, { status: 304, headers });
  }
  return headers.has("content-range") ? new Response(body, { status: 206, headers }) : response;
}

/** @supabase/lite lists everything below the folder, by whole paths. The real one lists only what is in it, folders first. */
async function listFolder(request: Request, handle: Handle): Promise<Response> {
  const { prefix, search, limit, offset, ...query } = ListQuery.parse(await request.json());
  const folder = prefix && `${prefix.replace(/\/+$/, "")}/`;
  const body = JSON.stringify({ ...query, prefix: folder + search, limit: ALL, offset: 0 });
  const response = await handle(new Request(request, { method: "POST", body }));
  if (!response.ok) return response;
  const below = Listed.parse(await response.json()).filter(({ name }) => name.startsWith(folder + search));
  const items = below.map((item) => ({ ...item, name: item.name.slice(folder.length) }));
  const folders = new Set(items.flatMap(({ name }) => (name.includes("/") ? name.slice(0, name.indexOf("/")) : [])));
  const files = items.filter(({ name }) => !name.includes("/"));
  const entries = [...Array.from(folders, (name) => ({ name, ...FOLDER })), ...files];
  return Response.json(entries.slice(offset, offset + limit));
}
