import { createHmac, timingSafeEqual } from "node:crypto";

const encode = (value: string) => Buffer.from(value).toString("base64url");
const sign = (content: string, secret: string) => createHmac("sha256", secret).update(content).digest();

/** Returns a JWT with these claims, signed with HS256. */
export function signToken(claims: object, secret: string): string {
  const content = `${encode('{"alg":"HS256","typ":"JWT"}')}.${encode(JSON.stringify(claims))}`;
  return `${content}.${sign(content, secret).toString("base64url")}`;
}

/** Returns the claims of a JWT. If its form or its signature is wrong, throws an error with the message of the real server. */
export function verifyToken(token: string, secret: string): unknown {
  const [header, claims, signature, ...rest] = token.split(".");
  if (!header || !claims || !signature || rest.length > 0) {
    throw new Error("token is malformed: token contains an invalid number of segments");
  }
  const [given, expected] = [Buffer.from(signature, "base64url"), sign(`${header}.${claims}`, secret)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Error("token signature is invalid: signature is invalid");
  }
  return JSON.parse(Buffer.from(claims, "base64url").toString());
}
