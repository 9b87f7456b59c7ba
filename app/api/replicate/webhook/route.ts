import { after } from "next/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { json, methodNotAllowed, readText, route } from "@/lib/http";
import { log } from "@/lib/log";
import { pollUntilDone } from "@/lib/predictions/poll";
import { handleWebhook } from "@/lib/predictions/handle-webhook";
import { verifyWebhook } from "@/lib/replicate/webhook";

export const maxDuration = 300;

/** Bytes. A larger webhook (endless logs) is refused. The prediction is then polled. */
const MAX_BODY = 1024 * 1024;

/** Replicate sends its webhooks here. The response is sent at once; output files are saved after it. */
export const POST = route(async (request) => {
  const body = await readText(request, MAX_BODY);
  const verified = verifyWebhook(request.headers, body, env().REPLICATE_WEBHOOK_SIGNING_SECRET);
  if (!verified.ok) {
    // With a wrong clock every webhook is refused and images arrive late, so an operator must see it.
    if (verified.reason === "timestamp_out_of_range") log.error("webhook_clock_skew", { seconds: verified.skew });
    throw new AppError(verified.reason, "Invalid signature, or older than five minutes.");
  }
  const { isOurs, unsaved } = await handleWebhook(new URL(request.url).searchParams.get("prediction"), body);
  if (unsaved) after(() => pollUntilDone(unsaved.id, unsaved));
  return json({ received: isOurs });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
