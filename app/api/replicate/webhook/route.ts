import { after } from "next/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { json, methodNotAllowed, readText, route } from "@/lib/http";
import { log } from "@/lib/log";
import { follow } from "@/lib/predictions/poll";
import { handleWebhook } from "@/lib/predictions/handle-webhook";
import { verifyWebhook } from "@/lib/replicate/webhook";

export const maxDuration = 300;

/** Bytes. A larger delivery (endless logs) is refused; the prediction is then found out by asking. */
const MAX_BODY = 1024 * 1024;

/** Replicate calls back. The answer is given at once; files are copied after it. */
export const POST = route(async (request) => {
  const body = await readText(request, MAX_BODY);
  const verified = verifyWebhook(request.headers, body, env().REPLICATE_WEBHOOK_SIGNING_SECRET);
  if (!verified.ok) {
    // While a clock is wrong every delivery is refused, and images only come later: somebody must hear of it.
    if (verified.reason === "timestamp_out_of_range") log.error("webhook_clock_skew", { seconds: verified.skew });
    throw new AppError(verified.reason, "This delivery is not signed by Replicate, or not just now.");
  }
  const { isOurs, unsaved } = await handleWebhook(new URL(request.url).searchParams.get("prediction"), body);
  if (unsaved) after(() => follow(unsaved.id, unsaved));
  return json({ received: isOurs });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
