import { getExport } from "@/lib/account/exports/exports";
import { planPart } from "@/lib/account/exports/plan-part-archive";
import { sendPart } from "@/lib/account/exports/send-part";
import { requireReader } from "@/lib/auth";
import { methodNotAllowed, route } from "@/lib/http";
import { notFound, requireId } from "@/lib/request-params";
import { createTokenClient, readToken } from "@/lib/supabase/user-client";

type Context = { params: Promise<{ id: string; part: string }> };

/**
 * Returns a ZIP with one part of an export. The ZIP is generated while it is sent. Supports the headers `Range` and `If-Range`.
 */
export const GET = route(async (request, context: Context) => {
  const user = await requireReader(request, "export");
  const token = (await readToken(request)) ?? notFound();
  const made = (await getExport(await requireId(context), createTokenClient(token))) ?? notFound();
  const { part } = await context.params;
  if (!/^[1-9]\d{0,5}$/.test(part) || Number(part) > made.parts.length) notFound();
  return sendPart(request, user, await planPart(token, user.id, made, Number(part)), made, Number(part));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
