import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyWebhook } from "@/lib/replicate/verify-webhook";

const SECRET = "whsec_c2FuZGJveC13ZWJob29rLWtleS0wMDAx";
const OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY =
  '{"id":"5kq8m2v7n9rma0csandbox0001","status":"succeeded","output":["https://replicate.delivery/xezq/sandbox/out-0.png"]}';
const ID = "msg_2sandbox0000000000000000001";
const TIME = 1763719200;
const SIGNATURE = "v1,oBCX0S9j402D8hcerfZsEEHLgGXUAJIHqcEexK2JrXM=";
const INVALID = { ok: false, reason: "invalid_signature" };

type Delivery = { id?: string; timestamp?: string; signature?: string };

function headers({ id = ID, timestamp = String(TIME), signature = SIGNATURE }: Delivery = {}) {
  return new Headers({ "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature });
}

function sign(secret: string, timestamp: string, id = ID) {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  return createHmac("sha256", key).update(`${id}.${timestamp}.${BODY}`).digest("base64");
}

/** Verifies the webhook of the constants above, with these changes, at the time when it was sent. */
function verify(delivery: Delivery = {}, { body = BODY, secrets = [SECRET], now = TIME * 1000 } = {}) {
  return verifyWebhook(headers(delivery), body, secrets, now);
}

describe("a genuine webhook", () => {
  test.each([
    { secret: SECRET, id: ID, time: TIME, body: BODY, signature: SIGNATURE },
    {
      secret: SECRET,
      id: "msg_2sandbox0000000000000000002",
      time: 1763719201,
      body: '{"id":"5kq8m2v7n9rma0csandbox0001","status":"processing","logs":"  50%|█████     | 25/50 [00:01<00:01, 18.01it/s]"}',
      signature: "v1,fpBjiTBoXKEmdi6mf5kxdcJihjpxM+MljFSWwz+KFkU=",
    },
    {
      secret: OTHER,
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      time: 1614265330,
      body: '{"test": 2432232314}',
      signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
  ])("with the known signature of $id is accepted", ({ secret, id, time, body, signature }) => {
    const verdict = verify({ id, timestamp: String(time), signature }, { body, secrets: [secret], now: time * 1000 });
    expect(verdict).toEqual({ ok: true, id, timestamp: time });
  });

  test("is accepted each time it comes: duplicates are handled later", () => {
    for (let attempt = 0; attempt < 100; attempt += 1) expect(verify().ok).toBe(true);
  });

  test("is accepted with either of two secrets", () => {
    expect(verify({}, { secrets: [OTHER, SECRET] }).ok).toBe(true);
    expect(verify({}, { secrets: [SECRET, OTHER] }).ok).toBe(true);
    expect(verify({ signature: `v1,${sign(OTHER, String(TIME))} ${SIGNATURE}` }).ok).toBe(true);
  });
});

describe("a forged webhook is refused", () => {
  test.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("without %s", (name) => {
    const incomplete = headers();
    incomplete.delete(name);
    expect(verifyWebhook(incomplete, BODY, [SECRET], TIME * 1000)).toEqual(INVALID);
  });

  test("without any of the headers", () => {
    expect(verifyWebhook(new Headers(), "", [SECRET], TIME * 1000)).toEqual(INVALID);
  });

  test.each([
    ["empty", ""],
    ["garbage", "garbage"],
    ["a version alone", "v1"],
    ["a version and a comma", "v1,"],
    ["no version", SIGNATURE.slice(3)],
    ["an unknown version with the right code", SIGNATURE.replace("v1", "v9")],
    ["the asymmetric version with the right code", SIGNATURE.replace("v1", "v1a")],
    ["a code that is too short", SIGNATURE.slice(0, -4)],
    ["a code with something behind it", `${SIGNATURE}x`],
    ["a code in another alphabet", SIGNATURE.replaceAll("=", "")],
    ["one changed letter", SIGNATURE.replace("oBCX", "oBCY")],
    ["the code of another secret", `v1,${sign(OTHER, String(TIME))}`],
    ["letters of many bytes", `v1,${"\u00e9".repeat(44)}`],
  ])("with a signature that is %s", (_what, signature) => {
    expect(verify({ signature })).toEqual(INVALID);
  });

  test.each([
    ["one byte more", `${BODY} `],
    ["one byte changed", BODY.replace("succeeded", "succeedee")],
    ["the same JSON, written again", JSON.stringify(JSON.parse(BODY), null, 1)],
    ["nothing", ""],
  ])("with a body of %s", (_what, body) => {
    expect(verify({}, { body })).toEqual(INVALID);
  });

  test("with an empty id, even when that was signed", () => {
    const signature = `v1,${sign(SECRET, String(TIME), "")}`;
    expect(verify({ id: "", signature })).toEqual(INVALID);
  });

  test("with another id", () => {
    expect(verify({ id: `${ID}1` })).toEqual(INVALID);
  });

  test("with another timestamp", () => {
    expect(verify({ timestamp: String(TIME + 1) })).toEqual(INVALID);
  });

  test.each([
    "abc",
    "1e9",
    "-1763719200",
    "+1763719200",
    "1763719200.5",
    "0x69204d20",
    "17 63719200",
    "9".repeat(400),
    "NaN",
  ])("with the timestamp %s, even when that was signed", (timestamp) => {
    expect(verify({ timestamp, signature: `v1,${sign(SECRET, timestamp)}` })).toEqual(INVALID);
  });

  test("with a right signature after ten wrong ones, because only ten are checked", () => {
    const wrong = Array.from({ length: 49 }, (_, index) => `v1,${sign(OTHER, String(index))}`);
    expect(verify({ signature: [...wrong.slice(0, 9), SIGNATURE].join(" ") }).ok).toBe(true);
    expect(verify({ signature: [...wrong.slice(0, 10), SIGNATURE].join(" ") })).toEqual(INVALID);
    expect(verify({ signature: [...wrong, SIGNATURE].join(" ") })).toEqual(INVALID);
  });

  test.each([
    ["no secret", []],
    ["an empty secret", [""]],
    ["a secret without a key", ["whsec_"]],
    ["a secret that is no base64", ["whsec_!!!"]],
  ])("by a server with %s, even when it is signed with an empty key", (_what, secrets) => {
    const signature = `v1,${sign("whsec_", String(TIME))}`;
    expect(verify({ signature }, { secrets })).toEqual(INVALID);
    expect(verify({}, { secrets })).toEqual(INVALID);
  });
});

describe("the time", () => {
  test.each([
    ["at once", 0, true],
    ["five minutes later", 300, true],
    ["with a sender five minutes ahead", -300, true],
    ["a second over five minutes later", 301, false],
    ["six minutes later", 360, false],
    ["with a sender six minutes ahead", -360, false],
    ["a year later", 31_536_000, false],
  ])("%s", (_what, seconds, ok) => {
    const verdict = verify({}, { now: (TIME + seconds) * 1000 });
    const outOfRange = { ok, reason: "timestamp_out_of_range", skew: seconds };
    expect(verdict).toEqual(ok ? { ok, id: ID, timestamp: TIME } : outOfRange);
  });

  test("of a forged webhook does not matter: its signature is invalid", () => {
    expect(verify({ signature: "v1,x" }, { now: 0 })).toEqual(INVALID);
  });
});
