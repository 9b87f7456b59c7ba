import { saveFile } from "@/lib/api-v1/files/save-file";
import { toReplicateFile } from "@/lib/api-v1/files/serialize-file";
import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";
import { countRead } from "@/lib/limits/request-limits";
import { listOwnUploads } from "@/lib/media/uploads/rows";
import { appOrigin, pageCursor } from "@/lib/request-params";

export const maxDuration = 300;

/** The number of files on a page. Replicate's API uses the same number. */
const PAGE = 100;

/**
 * Saves the file in the body (multipart/form-data) unchanged, as an upload. The URL `urls.get` in the response can then be the
 * value of a model input.
 */
export const POST = apiRoute("predict", async (request, { id: userId }) => {
  const origin = appOrigin(request.headers);
  const file = toReplicateFile(await saveFile(userId, request), origin);
  return apiJson(file, { status: 201, headers: { location: `${origin}/api/v1/files/${file.id}` } });
});

/** Lists the caller's uploads, newest first, including those that were uploaded in the browser. */
export const GET = apiRoute("read", async (request, { id: userId }) => {
  countRead(userId, "files");
  const origin = appOrigin(request.headers);
  const cursor = pageCursor(new URL(request.url).searchParams);
  const { rows, next } = await listOwnUploads(userId, cursor, PAGE);
  return apiJson({
    next: next && `${origin}/api/v1/files?${new URLSearchParams({ cursor: next })}`,
    previous: null,
    results: rows.map((row) => toReplicateFile(row, origin)),
  });
});

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("GET", "POST");
