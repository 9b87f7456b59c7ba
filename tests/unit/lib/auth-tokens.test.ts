import { generateKeyPairSync, sign, verify } from "node:crypto";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { requireUser } from "@/lib/auth";
import { stubSettings } from "./stub-settings";

const KID = "key-1";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const CLAIMS = { sub: "0195f2a8-0000-7000-8000-000000000001", role: "authenticated", exp: 4_000_000_000 };

const encode = (part: unknown) =>
  Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");

/** Returns a token that is signed with Supabase's key. Its header and its claims may be invalid. */
function signed(header: unknown, claims: unknown) {
  const content = `${encode(header)}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(content), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${content}.${signature.toString("base64url")}`;
}
const ES256 = { alg: "ES256", kid: KID, typ: "JWT" };

function isSigned(token: string): boolean {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const { alg, kid } = JSON.parse(Buffer.from(header, "base64url").toString()) as Record<string, unknown>;
  const key = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
  return (
    alg === "ES256" &&
    kid === KID &&
    verify("sha256", Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"))
  );
}

const ask = (token: string) =>
  requireUser(new Request("http://localhost/api/replicate", { headers: { authorization: `Bearer ${token}` } }));
const refused = { code: "unauthenticated", status: 401 };

beforeAll(() => stubSettings());
/** Responds as Supabase does: with the user if Supabase has signed the token, and otherwise with 403. */
beforeEach(() => {
  vi.stubGlobal("fetch", async (_: string, { headers }: { headers: Record<string, string> }) => {
    const token = new Headers(headers).get("authorization")?.replace("Bearer ", "") ?? "";
    return isSigned(token)
      ? Response.json({ id: CLAIMS.sub })
      : Response.json({ code: 403, error_code: "bad_jwt", msg: "invalid JWT" }, { status: 403 });
  });
});
afterEach(() => void vi.unstubAllGlobals());

test("a token that Supabase has signed is a user", async () => {
  expect(await ask(signed(ES256, CLAIMS))).toMatchObject({ id: CLAIMS.sub, email: "" });
});

test.each([
  ["three words", "abc.def.ghi"],
  ["one word", "abc"],
  ["dots", "..."],
  ["nothing between dots", ".."],
  ["invalid base64", "a+b.c/d.e="],
  ["base64 of half a byte", "a.b.c"],
  ["base64 of invalid UTF-8", "gICA.gICA.gICA"],
  ["letters of another alphabet", "é.ü.ñ"],
  ["twelve thousand characters", `${"a".repeat(4000)}.${"b".repeat(4000)}.${"c".repeat(4000)}`],
  ["JSON of a number", signed(5, 5)],
  ["JSON of null", signed(null, null)],
  ["a list", signed([ES256], [CLAIMS])],
  ["a text", signed('"ES256"', '"claims"')],
  ["JSON that is cut off", signed(ES256, '{"sub":"0195')],
  ["no alg", signed({ kid: KID }, CLAIMS)],
  ["alg none", signed({ alg: "none", kid: KID }, CLAIMS)],
  ["alg none and no signature", `${encode({ alg: "none" })}.${encode(CLAIMS)}.`],
  ["an alg that is a number", signed({ alg: 256, kid: KID }, CLAIMS)],
  ["an alg of another kind of key", signed({ alg: "RS256", kid: KID }, CLAIMS)],
  ["an unknown alg", signed({ alg: "XX512", kid: KID }, CLAIMS)],
  ["a shared secret", signed({ alg: "HS256", kid: KID }, CLAIMS)],
  ["an unknown key", signed({ ...ES256, kid: "key-2" }, CLAIMS)],
  ["a key that is a list", signed({ ...ES256, kid: [KID] }, CLAIMS)],
  ["a wrong signature", `${signed(ES256, CLAIMS).slice(0, -8)}AAAAAAAA`],
  ["a short signature", `${encode(ES256)}.${encode(CLAIMS)}.AAAA`],
  ["no exp", signed(ES256, { ...CLAIMS, exp: undefined })],
  ["an exp that is a text", signed(ES256, { ...CLAIMS, exp: "tomorrow" })],
  ["an exp that has passed", signed(ES256, { ...CLAIMS, exp: 1_000_000_000 })],
  ["no sub", signed(ES256, { ...CLAIMS, sub: undefined })],
  ["a sub that is not an id", signed(ES256, { ...CLAIMS, sub: { id: 1 } })],
  ["no role", signed(ES256, { ...CLAIMS, role: undefined })],
  ["the role of the secret key", signed(ES256, { ...CLAIMS, role: "service_role" })],
  ["the anonymous role", signed(ES256, { ...CLAIMS, role: "anon" })],
])("a token of %s is refused with 401", async (_, token) => {
  await expect(ask(token)).rejects.toMatchObject(refused);
});

test("two thousand random variants of a token are refused with 401", async () => {
  const random = seeded(10);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const scalars = [null, true, 0, -1, 1e300, "", "ES256", "none", [], {}, "é", "\u0000", KID, CLAIMS.sub] as const;
  for (let round = 0; round < 2000; round += 1) {
    const header: Record<string, unknown> = { ...ES256, [pick(["alg", "kid", "typ", "crit"]) ?? ""]: pick(scalars) };
    const claims: Record<string, unknown> = {
      ...CLAIMS,
      [pick(["sub", "role", "exp"]) ?? ""]: pick([null, {}, [], true]),
    };
    const token = signed(pick([header, header, header, ...scalars]), pick([claims, claims, claims, ...scalars]));
    const at = Math.floor(random() * token.length);
    const broken =
      pick([token, token.slice(0, at), `${token.slice(0, at)}.${token.slice(at)}`, token.slice(at)]) || "x";
    await expect(ask(broken)).rejects.toMatchObject(refused);
  }
});

/** Returns a generator of random numbers from 0 to 1, which are the same in each run (mulberry32). */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
