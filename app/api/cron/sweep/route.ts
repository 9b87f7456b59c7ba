import { createHash, timingSafeEqual } from "node:crypto";
import { sweepAccounts } from "@/lib/account/delete-account";
import { env } from "@/lib/env";
import { sendAllDueWebhooks } from "@/lib/api-v1/webhooks/deliver";
import { json, methodNotAllowed, route } from "@/lib/http";
import { purgeDeleted } from "@/lib/media/delete";
import { sweepAll } from "@/lib/predictions/sweep";
import { notFound } from "@/lib/request-params";

export const maxDuration = 300;

/**
 * A scheduler calls this route regularly. The route continues each prediction whose next step is due, deletes the accounts
 * whose deletion is due, removes deleted files from storage, and sends webhooks. It responds with 404 to a request without the
 * header `Authorization: Bearer <CRON_SECRET>`.
 */
const handle = route(async (request) => {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const given = request.headers.get("authorization") ?? "";
  if (!env().CRON_SECRET || !timingSafeEqual(digest(given), digest(`Bearer ${env().CRON_SECRET}`))) notFound();
  // `purgeDeleted` runs after the accounts were deleted, so that it also removes the files of these accounts.
  const [due, removed] = await Promise.all([sweepAll(), sweepAccounts().then(purgeDeleted)]);
  // Webhooks are sent last, so that they also report the predictions that the sweep has just changed.
  await sendAllDueWebhooks();
  return json({ due, removed });
});

export { handle as GET, handle as POST };

export const { OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD", "POST");
