import { findOpenPrediction } from "@/lib/api-v1/predictions/queries";
import { otherMethods, publicRoute } from "@/lib/api-v1/route-wrappers";
import { requireSignedUrl } from "@/lib/api-v1/url-signature";
import { streamPrediction } from "@/lib/api-v1/streams/stream-prediction";
import { eventStream } from "@/lib/http";
import { countRead } from "@/lib/limits/request-limits";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import { notFound, requireId } from "@/lib/request-params";

export const maxDuration = 300;

/**
 * Streams the text of a prediction as server-sent events. Anyone who has the signed URL gets the stream, because clients of
 * Replicate's API send no key with this request. With the header `Last-Event-ID`, the stream starts after that event.
 */
export const GET = publicRoute(async (request, context: RouteContext<"/api/v1/streams/[id]">) => {
  const id = await requireId(context);
  requireSignedUrl("stream", request);
  const row = await findOpenPrediction(id);
  if (!row?.streams) notFound();
  countRead(row.user_id, id);
  pollBeyondResponse(id, { isAwaited: true, row });
  const lastEventId = request.headers.get("last-event-id");
  return eventStream(streamPrediction(row, { lastEventId, signal: request.signal }));
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
