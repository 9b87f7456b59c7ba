import { after } from "next/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { json, methodNotAllowed, readText, route } from "@/lib/http";
import { log } from "@/lib/log";
import { pollBeyondResponse } from "@/lib/predictions/poll-until-done";
import { handleWebhook, recordWebhook } from "@/lib/predictions/handle-webhook";
import { verifyWebhook } from "@/lib/replicate/verify-webhook";

export const maxDuration = 300;

/**
 * The largest accepted body (bytes). A larger body, for example with very long logs, is rejected. Polling then updates the
 * prediction.
 */
const MAX_BODY = 1024 * 1024;

/** Receives Replicate's webhooks. Output files are saved after the response. */
export const POST = route(async (request) => {
  const body = await readText(request, MAX_BODY);
  const verified = verifyWebhook(request.headers, body, env().REPLICATE_WEBHOOK_SIGNING_SECRET);
  if (!verified.ok) {
    // If this server's clock is wrong, the server rejects all webhooks, and only polling updates predictions. So the error is
    // logged for the operator.
    if (verified.reason === "timestamp_out_of_range") log.error("webhook_clock_skew", { seconds: verified.skew });
    throw new AppError(
      verified.reason,
      "The signature is invalid, or its timestamp differs from the server's clock by more than five minutes.",
    );
  }
  const { searchParams: query } = new URL(request.url);
  const { isOurs, unsaved, written } = await handleWebhook(query.get("prediction"), body, query.getAll("secret"));
  if (written) after(() => written);
  if (isOurs) after(recordWebhook);
  if (unsaved) pollBeyondResponse(unsaved.id, { row: unsaved });
  return json({ received: isOurs });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
