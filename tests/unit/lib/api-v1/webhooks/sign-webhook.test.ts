import { validateWebhook } from "replicate";
import { beforeEach, expect, test } from "vitest";
import { signedHeaders, webhookSecret } from "@/lib/api-v1/webhooks/sign-webhook";
import { stubSettings } from "../../stub-settings";

beforeEach(() => stubSettings());

const USER = "0195f2a8-0000-7000-8000-000000000002";
const BODY = '{"id":"1","output":"█ ü"}';

function isValid(headers: Record<string, string>, secret: string, body = BODY) {
  const [id = "", timestamp = "", signature = ""] = ["id", "timestamp", "signature"].map(
    (name) => headers[`webhook-${name}`],
  );
  return validateWebhook({ id, timestamp, signature, body, secret });
}

test("the official client accepts the signature with the user's secret, and with no other", async () => {
  const headers = signedHeaders(USER, "an id", BODY);
  expect(await isValid(headers, webhookSecret(USER))).toBe(true);
  expect(await isValid(headers, webhookSecret(USER), `${BODY} `)).toBe(false);
  expect(await isValid({ ...headers, "webhook-timestamp": "1" }, webhookSecret(USER))).toBe(false);
  expect(await isValid(headers, webhookSecret(USER.replace("2", "3")))).toBe(false);
});

test("each attempt has its own time, and the same id", () => {
  const first = signedHeaders(USER, "an id", BODY, 1_763_719_200_999);
  const second = signedHeaders(USER, "an id", BODY, 1_763_719_205_000);
  expect([first["webhook-id"], second["webhook-id"]]).toEqual(["an id", "an id"]);
  expect([first["webhook-timestamp"], second["webhook-timestamp"]]).toEqual(["1763719200", "1763719205"]);
  expect(first["webhook-signature"]).not.toBe(second["webhook-signature"]);
});

test("the secret has the format of Replicate's, and stays the same", () => {
  const secret = webhookSecret(USER);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(webhookSecret(USER)).toBe(secret);
});
