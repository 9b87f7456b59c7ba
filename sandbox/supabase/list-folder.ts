import { z } from "zod";

type Handle = (request: Request) => Promise<Response>;

const Query = z.object({
  prefix: z.string(),
  search: z.string().default(""),
  limit: z.int().min(1).default(100),
  offset: z.int().min(0).default(0),
  sortBy: z
    .object({
      column: z.enum(["name", "updated_at", "created_at", "last_accessed_at"]).default("name"),
      order: z.enum(["asc", "desc"]).default("asc"),
    })
    .default({ column: "name", order: "asc" }),
});
const Listed = z.array(z.looseObject({ name: z.string() }));

/** The limit with which @supabase/lite lists all files. It is higher than the number of files in any folder of the sandbox. */
const ALL = 1_000_000;
/** The largest number of entries in one response. A higher `limit` in the request is reduced to this number. */
const MOST = 1500;
const FOLDER = { id: null, updated_at: null, created_at: null, last_accessed_at: null, metadata: null };

/**
 * Lists the files and folders in a folder, as Supabase does. In a list that is sorted by name, files and folders are mixed, and
 * upper and lower case are equal. In any other list, folders come first. @supabase/lite lists all files below the folder, also
 * those in subfolders, and sorts by whole paths. So this function builds the list of Supabase from the list of @supabase/lite.
 * Source: the function storage.search in https://github.com/supabase/storage
 */
export async function listFolder(request: Request, handle: Handle): Promise<Response> {
  const query = Query.safeParse(await request.json());
  if (!query.success) {
    const message = z.prettifyError(query.error);
    return Response.json({ statusCode: "400", error: "Error", message }, { status: 400 });
  }
  const { prefix, search, limit, offset, sortBy } = query.data;
  const folder = prefix && `${prefix.replace(/\/+$/, "")}/`;
  const body = JSON.stringify({ prefix: folder, limit: ALL, offset: 0, sortBy });
  const response = await handle(new Request(request, { method: "POST", body }));
  if (!response.ok) return response;

  const below = Listed.parse(await response.json()).filter(({ name }) => name.startsWith(folder));
  const items = below
    .map((item) => ({ ...item, name: item.name.slice(folder.length) }))
    .filter(({ name }) => name.toLowerCase().startsWith(search.toLowerCase()));
  const names = new Set(items.flatMap(({ name }) => (name.includes("/") ? name.slice(0, name.indexOf("/")) : [])));
  const folders = Array.from(names, (name) => ({ key: `${name.toLowerCase()}/`, entry: { name, ...FOLDER } }));
  const files = items
    .filter(({ name }) => !name.includes("/"))
    .map((entry) => ({ key: entry.name.toLowerCase(), entry }));
  const direction = sortBy.order === "asc" ? 1 : -1;
  const byName = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -direction : direction);
  const entries = sortBy.column === "name" ? [...folders, ...files].sort(byName) : [...folders.sort(byName), ...files];
  const page = entries.slice(offset, offset + Math.min(limit, MOST));
  return Response.json(page.map(({ entry }) => entry));
}
