import type { AppRequest } from "./send-request";
import { now, signDelivery, webhookSecret } from "./sign";

export const REPLICATE_ID = "5kq8m2v7n9rma0cattack00003";
/** The body of a webhook about the prediction. */
export const remote = {
  id: REPLICATE_ID,
  status: "succeeded",
  model: "a/b",
  input: {},
  output: ["https://evil.example/x.png"],
  logs: "",
  created_at: "2026-11-21T12:00:00Z",
};
export const body = JSON.stringify(remote);
/** The webhook secret of another Replicate account. */
export const OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/**
 * Returns deliveries to the webhook of the prediction `id`: genuine ones, and forged ones. The names of the forged ones say
 * what is wrong.
 */
export function createDeliveries(id: string) {
  const path = `/api/replicate/webhook?prediction=${id}`;
  const deliver = (headers: Record<string, string>, text: string = body, to = path): AppRequest => ({
    path: to,
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: text,
  });
  const signed = (more: Partial<Parameters<typeof signDelivery>[0]>, text = body): AppRequest =>
    deliver(signDelivery({ body: text, ...more }), text);
  const without = (name: string): AppRequest =>
    deliver(Object.fromEntries(Object.entries(signDelivery({ body })).filter(([header]) => header !== name)));
  const withSignature = (change: (signature: string) => string): AppRequest => {
    const headers = signDelivery({ body });
    return deliver({ ...headers, "webhook-signature": change(headers["webhook-signature"]) });
  };

  const forged: Record<string, () => AppRequest[]> = {
    "no headers, or not all of them": () => [
      deliver({}),
      without("webhook-id"),
      without("webhook-timestamp"),
      without("webhook-signature"),
    ],
    "an invalid signature": () =>
      ["", "garbage", "v1", "v1,", ",", "v1,AAAA", "v1, ", `v1,${"A".repeat(5000)}`].map((text) =>
        withSignature(() => text),
      ),
    "another key": () =>
      [OTHER, "whsec_", "whsec_AAAA", `whsec_${btoa(webhookSecret)}`].map((secret) => signed({ secret })),
    "the signature of another body": () =>
      ["", "{}", body.replace("succeeded", "failed"), ` ${body}`, JSON.stringify(remote, null, 1)].map((other) =>
        signed({ signed: other }),
      ),
    "one changed letter": () => [
      withSignature((text) => text.replace(/.=$/, (end) => (end.startsWith("A") ? "B=" : "A="))),
      withSignature((text) => text.replaceAll("=", "")),
      withSignature((text) => `${text}x`),
    ],
    "an id or a time that was not signed": () => [
      deliver({ ...signDelivery({ body }), "webhook-id": "msg_1" }),
      deliver({ ...signDelivery({ body }), "webhook-timestamp": now(1) }),
    ],
    "an invalid time with a valid signature": () =>
      ["abc", "1e9", "-1700000000", "+1700000000", `${now()}.5`, "0x69204d20", "NaN", "9".repeat(40), ""].map(
        (timestamp) => signed({ timestamp }),
      ),
    "another version of the signature": () => ["v9", "v1a", "V1", "", "v1,v1"].map((version) => signed({ version })),
    "the right signature after ten and after fifty wrong ones": () =>
      [10, 50].map((count) => withSignature((text) => [...Array<string>(count).fill("v1,AAAA"), text].join(" "))),
  };
  const stale = () =>
    [-310, -360, 400, 900, -86_400, -31_536_000, 31_536_000].map((shift) => signed({ timestamp: now(shift) }));

  return { path, deliver, signed, forged, stale };
}
