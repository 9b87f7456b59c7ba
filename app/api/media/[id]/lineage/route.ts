import { readAs, requireReader } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";
import { getLineage } from "@/lib/media/queries";
import { requireId, notFound } from "@/lib/request-params";

/** Returns the files from which a file was generated, and the files that were generated from it. */
export const GET = route(async (request, context: RouteContext<"/api/media/[id]/lineage">) => {
  const id = await requireId(context);
  const [, lineage] = await readAs(requireReader(request, "lineage"), () => getLineage(id, request));
  return json(lineage ?? notFound());
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
