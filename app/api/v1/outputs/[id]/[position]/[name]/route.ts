import { serveOutput } from "@/lib/api-v1/predictions/serve-output";
import { otherMethods, publicRoute } from "@/lib/api-v1/route-wrappers";
import { notFound, requireId } from "@/lib/request-params";

export const maxDuration = 300;

/** Returns an output file to anyone who has its signed URL. */
export const GET = publicRoute(async (request, context: RouteContext<"/api/v1/outputs/[id]/[position]/[name]">) => {
  const id = await requireId(context);
  const { position } = await context.params;
  return /^\d{1,4}$/.test(position) ? serveOutput(request, id, Number(position)) : notFound();
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
