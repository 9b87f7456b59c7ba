export type LoggedRequest = {
  at: string;
  method: string;
  path: string;
  /** The pattern of the route, such as `POST /v1/predictions/:id/cancel`. Empty if the request matches no route. */
  route: string;
  prediction: string | null;
  /**
   * `pending` until the sandbox responds. After that, the status of the response, or `dropped` if the connection was closed
   * without a response.
   */
  outcome: string;
};

/** One attempt to deliver a webhook. If a fault rule drops the webhook, `attempt` is 0 and `outcome` is `withheld`. */
type LoggedWebhook = { at: string; prediction: string; event: string; attempt: number; outcome: string };

const MAX_ENTRIES = 50_000;

/**
 * The requests to the sandbox and the attempts to deliver webhooks, since the sandbox was started or since the last `clear`. When
 * one of the two lists has more than `MAX_ENTRIES` entries, only its newest half is kept.
 */
export type Ledger = ReturnType<typeof createLedger>;

export function createLedger(now: () => string) {
  let since = "";
  let requests: LoggedRequest[] = [];
  let webhooks: LoggedWebhook[] = [];
  return {
    since: () => since,
    requests: () => requests,
    webhooks: () => webhooks,
    addRequest(method: string, path: string): LoggedRequest {
      const entry = { at: now(), method, path, route: "", prediction: null, outcome: "pending" };
      requests.push(entry);
      if (requests.length > MAX_ENTRIES) requests = requests.slice(-MAX_ENTRIES / 2);
      return entry;
    },
    addWebhook(attempt: Omit<LoggedWebhook, "at">) {
      webhooks.push({ at: now(), ...attempt });
      if (webhooks.length > MAX_ENTRIES) webhooks = webhooks.slice(-MAX_ENTRIES / 2);
    },
    clear() {
      since = now();
      requests = [];
      webhooks = [];
    },
  };
}
