import { createHmac } from "node:crypto";
import type { User } from "../../support/users";

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString()) as object;

/** Returns an access token in Supabase's format that is signed with this key, which is not the key of the stack. */
function forgeToken(key: string, claims: object, header: object = { alg: "HS256", typ: "JWT" }): string {
  const text = `${encode(header)}.${encode({ exp: 4102444800, ...claims })}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}

/** Returns forged tokens that claim to be the owner's or the server's: signed with publicly known keys, unsigned, or changed. */
export function forgeTokens(owner: User, stranger: User): string[] {
  const claims = { sub: owner.id, role: "authenticated", aud: "authenticated", email: owner.email };
  const [header = "", payload = "", signature = ""] = stranger.accessToken.split(".");
  return [
    forgeToken("unsafe-secret-change-me", claims),
    forgeToken("super-secret-jwt-token-with-at-least-32-characters-long", { ...claims, role: "service_role" }),
    forgeToken("", claims),
    forgeToken("x", claims, { alg: "none", typ: "JWT" }).replace(/[^.]*$/, ""),
    forgeToken("x", { ...claims, exp: 1 }),
    `${header}.${encode({ ...decode(payload), sub: owner.id })}.${signature}`,
    `${header}.${payload}.`,
    `${header}.${payload}.${signature.slice(0, -2)}`,
  ];
}
