import { requireUser } from "@/lib/auth";
import { attachment, methodNotAllowed, route } from "@/lib/http";
import { createArchive } from "@/lib/media/archive";
import { saveAs } from "@/lib/media/file-name";
import { listMediaRows } from "@/lib/media/queries";
import { streamOf } from "@/lib/media/stream";
import { countRead } from "@/lib/limits/reads";
import { requireIds, notFound } from "@/lib/params";

/** Up to a hundred images of the caller's, `?ids=` with commas between, as a ZIP that is made while it is sent. */
export const GET = route(async (request) => {
  const user = await requireUser(request);
  countRead(user.id, "zip");
  const rows = await listMediaRows(requireIds(request), request);
  if (rows.length === 0) notFound();
  const day = new Date().toISOString().slice(0, 10);
  return attachment(streamOf(await createArchive(rows)), "application/zip", saveAs(`darkroom-${day}.zip`));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
