import { getTokenUser, requireReader } from "@/lib/auth";
import { eventStream, methodNotAllowed, noContent, route } from "@/lib/http";
import { findRow } from "@/lib/predictions/rows";
import { streamOutput } from "@/lib/predictions/live-updates/stream-output";
import { notFound, requireId } from "@/lib/request-params";
import { readToken } from "@/lib/supabase/user-client";

export const maxDuration = 300;

/**
 * Streams the output of a running prediction as server-sent events, while the model generates the output. Responds with 204 if
 * there is no stream. The client must then read the output with GET /api/replicate/:id.
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
