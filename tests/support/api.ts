import type { Prediction } from "@/lib/predictions/schema";
import type { User } from "./users";

/** With these settings, a run of the default model takes only a few hundred milliseconds. */
const quick = { width: 256, height: 256, num_inference_steps: 1 };

type Sandbox = { env: Record<string, string> };

/** Returns functions that call the app's API as this user. */
export function createApi({ appUrl }: { appUrl: string }, user: User) {
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, appUrl), {
      ...init,
      headers: { ...user.bearer, ...Object.fromEntries(new Headers(init.headers)) },
    });

  async function read(id: string): Promise<Prediction> {
    const response = await ask(`/api/replicate/${id}`);
    if (response.status !== 200) throw new Error(`GET ${id}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Prediction;
  }

  return {
    ask,
    read,
    /** Sends a request to start a prediction, and returns the response, whatever its status. */
    submit: (body: object, headers: Record<string, string> = {}) =>
      ask("/api/replicate", {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", ...headers },
      }),
    /** Starts a prediction. The run is quick, unless `input` has slower settings or `more` has a model or version. */
    async create(input: Record<string, unknown>, more: object = {}): Promise<Prediction> {
      const settings = "model" in more || "version" in more ? {} : quick;
      const response = await this.submit({ input: { ...settings, ...input }, ...more });
      if (response.status !== 201) throw new Error(`POST: ${response.status} ${await response.text()}`);
      return (await response.json()) as Prediction;
    },
    /** Polls the prediction until `done` returns true. Throws after `timeout` ms. */
    async until(id: string, done: (prediction: Prediction) => boolean, timeout = 45_000): Promise<Prediction> {
      const end = Date.now() + timeout;
      let etag = "";
      let last: Prediction | undefined;
      while (Date.now() < end) {
        const response = await ask(`/api/replicate/${id}`, { headers: { prefer: "wait=5", "if-none-match": etag } });
        if (response.status === 304) continue;
        if (response.status !== 200) throw new Error(`GET ${id}: ${response.status} ${await response.text()}`);
        etag = response.headers.get("etag") ?? "";
        last = (await response.json()) as Prediction;
        if (done(last)) return last;
      }
      throw new Error(`The prediction did not change as expected within ${timeout} ms: ${JSON.stringify(last)}`);
    },
    saved(id: string, timeout?: number) {
      return this.until(id, (prediction) => prediction.saved_at !== null, timeout);
    },
    ended(id: string, timeout?: number) {
      return this.until(
        id,
        ({ status, saved_at }) => saved_at !== null || /failed|canceled|aborted/.test(status),
        timeout,
      );
    },
  };
}

export type Ledger = {
  counts: Record<string, number>;
  requests: { at: string; method: string; route: string; prediction: string | null; outcome: string }[];
  webhooks: { prediction: string; event: string; attempt: number; outcome: string }[];
  predictions: {
    id: string;
    status: string;
    input: Record<string, unknown>;
    output: unknown;
    created_at: string;
    completed_at: string | null;
    files: { url: string; sha256: string }[];
  }[];
};

/** Returns the requests that the local Replicate has received, the webhooks that it has sent, and its predictions. */
export async function readLedger(stack: Sandbox): Promise<Ledger> {
  const response = await control(stack, "__ledger");
  return (await response.json()) as Ledger;
}

/** Returns the predictions that the local Replicate has accepted, and whose prompt contains this text. */
export async function listAccepted(stack: Sandbox, words: string) {
  const { predictions } = await readLedger(stack);
  return predictions.filter(({ input }) => String(input.prompt).includes(words));
}

/** Returns the requests to the local Replicate about one prediction, including the request that created it. */
export async function listRequestsAbout(stack: Sandbox, replicateId: string) {
  const { requests } = await readLedger(stack);
  return requests.filter(({ prediction, route }) => prediction === replicateId && route.includes("/v1/"));
}

/** Replaces the rules by which the local Replicate simulates faults. `{}` removes all rules. */
export async function setFaults(stack: Sandbox, rules: object): Promise<void> {
  await control(stack, "__faults", { method: "POST", body: JSON.stringify(rules) });
}

async function control({ env }: Sandbox, path: string, init?: RequestInit) {
  const response = await fetch(new URL(`/${path}`, env.REPLICATE_API_BASE_URL), {
    ...init,
    headers: { authorization: `Bearer ${env.REPLICATE_API_TOKEN}`, "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}
