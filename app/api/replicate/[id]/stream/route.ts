import { getTokenUser, requireReader } from "@/lib/auth";
import { eventStream, methodNotAllowed, noContent, route } from "@/lib/http";
import { findRow } from "@/lib/predictions/rows";
import { streamOutput } from "@/lib/predictions/live-updates/stream-output";
import { notFound, requireId } from "@/lib/request-params";
import { readToken } from "@/lib/supabase/user-client";

export const maxDuration = 300;

/**
 * Streams the output of a running prediction as server-sent events, while the model generates the output. Responds with 204 if
 * Replicate has no stream, for example because the model does not stream or the prediction has ended. The client can then get
 * the output with GET /api/replicate/:id.
 */
export const GET = route(async (request, context: RouteContext<"/api/replicate/[id]/stream">) => {
  const id = await requireId(context);
  const user = await requireReader(request, id);
  const row = await findRow(id);
  if (row?.user_id !== user.id) notFound();
  const lastEventId = request.headers.get("last-event-id");
  const token = await readToken(request);
  const isAllowed = async () => (await getTokenUser(token)) !== null;
  const stream = await streamOutput(row, { isAllowed, lastEventId, signal: request.signal });
  return stream ? eventStream(stream) : noContent();
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
