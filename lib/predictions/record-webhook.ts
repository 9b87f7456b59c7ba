import "server-only";
import { createCache } from "@/lib/cache";
import { log } from "@/lib/log";
import { recordHeartbeat } from "./rows";

const recorded = createCache<void>({ ttl: 60_000 });

/** Records that webhooks arrive, at most once a minute in each process. Administrators see the time. Never throws. */
export async function recordWebhook(): Promise<void> {
  await recorded("", () => recordHeartbeat("webhook")).catch((error: unknown) => {
    log.error("webhook_not_recorded", { error });
  });
}
