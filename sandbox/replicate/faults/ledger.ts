/** One request as it was asked and how it ended. */
export type LoggedRequest = {
  at: string;
  method: string;
  path: string;
  /** The pattern of the route, `POST /v1/predictions/:id/cancel`. */
  route: string;
  prediction: string | null;
  /** The status answered, or what happened instead: `dropped`. */
  outcome: string;
};

/** One attempt to deliver a webhook. */
export type LoggedWebhook = { at: string; prediction: string; event: string; attempt: number; outcome: string };

const KEPT = 50_000;

/** What was asked of the sandbox and what it sent, since it started or since it was cleared. */
export type Ledger = ReturnType<typeof createLedger>;

export function createLedger(now: () => string) {
  let since = "";
  let requests: LoggedRequest[] = [];
  let webhooks: LoggedWebhook[] = [];
  return {
    since: () => since,
    requests: () => requests,
    webhooks: () => webhooks,
    ask(method: string, path: string): LoggedRequest {
      const asked = { at: now(), method, path, route: "", prediction: null, outcome: "pending" };
      requests.push(asked);
      if (requests.length > KEPT) requests = requests.slice(-KEPT / 2);
      return asked;
    },
    sent(attempt: Omit<LoggedWebhook, "at">) {
      webhooks.push({ at: now(), ...attempt });
      if (webhooks.length > KEPT) webhooks = webhooks.slice(-KEPT / 2);
    },
    clear() {
      since = now();
      requests = [];
      webhooks = [];
    },
  };
}
