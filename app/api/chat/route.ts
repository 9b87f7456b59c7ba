import { requireReader } from "@/lib/auth";
import { eventStream, methodNotAllowed, readBodyWithFiles, route, textStream } from "@/lib/http";
import { createPrediction } from "@/lib/predictions/create";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import { parseIdempotencyKey } from "@/lib/request-params";
import { readToken } from "@/lib/supabase/user-client";
import { NewChat } from "@/lib/words/schema";
import { streamAnswer } from "@/lib/words/stream-answer";
import { toChatRequest } from "@/lib/words/to-chat-request";
import { answerAsEvents, answerAsText } from "@/lib/words/write-answer";

export const maxDuration = 300;

/**
 * Asks a language model to answer a prompt or a conversation. Streams the answer as plain text or, with the header
 * `Accept: text/event-stream`, as server-sent events. The answer is the output of a prediction. So if the client disconnects,
 * the model still completes the answer, and the answer is saved.
 */
export const POST = route(async (request) => {
  const user = await requireReader(request, "chat");
  const chat = await readBodyWithFiles(request, NewChat);
  const key = parseIdempotencyKey(request.headers.get("idempotency-key"));
  const { id, urls } = await createPrediction(user, await toChatRequest(user.id, chat), key);
  pollBeyondResponse(id, { isAwaited: true });
  const reader = { userId: user.id, token: await readToken(request), signal: request.signal };
  const answer = streamAnswer(id, reader);
  const headers = { location: urls.get };
  const wantsEvents = /\btext\/event-stream\b/i.test(request.headers.get("accept") ?? "");
  return wantsEvents
    ? eventStream(answerAsEvents(id, answer), headers)
    : textStream(await answerAsText(answer), headers);
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
