import { requireReader } from "@/lib/auth";
import { json, methodNotAllowed, readBody, route } from "@/lib/http";
import { getMedia } from "@/lib/media/queries";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import { notFound, parseIdempotencyKey } from "@/lib/request-params";
import { NewWords } from "@/lib/words/schema";
import { startWords } from "@/lib/words/start";

export const maxDuration = 300;

/**
 * Asks a model to improve a prompt, describe an image or transcribe a recording. Responds with 201 and a new prediction. If the
 * user made the same request in the last 24 hours, responds with 200 and the earlier prediction, unless `?fresh` is given.
 */
export const POST = route(async (request) => {
  const user = await requireReader(request, "words");
  const words = await readBody(request, NewWords);
  if (words.task === "describe" && !(await getMedia(words.media, request))) notFound();
  const key = parseIdempotencyKey(request.headers.get("idempotency-key"));
  const isFresh = new URL(request.url).searchParams.has("fresh");
  const { prediction, isNew } = await startWords(user, words, isFresh ? key : null);
  if (isNew) pollBeyondResponse(prediction.id);
  return json(prediction, { status: isNew ? 201 : 200, headers: { location: prediction.urls.get } });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
