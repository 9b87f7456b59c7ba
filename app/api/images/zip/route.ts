import { requireUser } from "@/lib/auth";
import { attachment, otherMethods, route } from "@/lib/http";
import { archiveOf } from "@/lib/images/archive";
import { saveAs } from "@/lib/images/file-name";
import { getImageRows } from "@/lib/images/queries";
import { streamOf } from "@/lib/images/stream";
import { countRead } from "@/lib/limits/reads";
import { idsOf, notFound } from "@/lib/request";

/** Up to a hundred images of the caller's, `?ids=` with commas between, as a ZIP that is made while it is sent. */
export const GET = route(async (request) => {
  const user = await requireUser(request);
  countRead(user.id, "zip");
  const rows = await getImageRows(idsOf(request), request);
  if (rows.length === 0) notFound();
  const day = new Date().toISOString().slice(0, 10);
  return attachment(streamOf(await archiveOf(rows)), "application/zip", saveAs(`darkroom-${day}.zip`));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET", "HEAD");
