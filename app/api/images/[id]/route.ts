import { getImageRow } from "@/lib/images/queries";
import { readImage } from "@/lib/images/read";
import { route } from "@/lib/http";
import { idOf, knownTag, notFound } from "@/lib/request";

type Context = { params: Promise<{ id: string }> };

/** The bytes of a picture: the original, or `?size=thumb`; `?download` asks the browser to save it. Only for its owner. */
export const GET = route(async (request, context: Context) => {
  const id = await idOf(context);
  const image = (await getImageRow(id, request)) ?? notFound();
  const query = new URL(request.url).searchParams;
  const isThumb = query.get("size") === "thumb" && image.thumb_path !== null;
  const etag = `"${image.sha256.slice(0, 32)}${isThumb ? "-thumb" : ""}"`;
  const headers = {
    etag,
    "cache-control": "private, max-age=31536000, immutable",
    vary: "Cookie, Authorization",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  };
  if (knownTag(request) === etag) return new Response(null, { status: 304, headers });

  const extension = image.storage_path.split(".").at(-1);
  return new Response(await readImage(isThumb ? (image.thumb_path ?? image.storage_path) : image.storage_path), {
    headers: {
      ...headers,
      "content-type": isThumb ? "image/webp" : image.content_type,
      ...(!isThumb && { "content-length": String(image.bytes) }),
      "content-disposition": `${query.has("download") ? "attachment" : "inline"}; filename="${id}.${isThumb ? "webp" : extension}"`,
    },
  });
});
