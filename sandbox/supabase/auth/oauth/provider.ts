import { z } from "zod";
import type { AuthSettings } from "../settings.ts";

type Settings = AuthSettings["oauth"];

const Discovery = z.object({
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url(),
});
const Tokens = z.object({ access_token: z.string(), refresh_token: z.string().optional() });
const Profile = z.looseObject({
  sub: z.string(),
  email: z.string().optional(),
  email_verified: z.boolean().default(false),
});
export type Profile = z.infer<typeof Profile>;

export const isProvider = (name: string, { issuer, providers }: Settings) => issuer !== "" && providers.includes(name);

async function readJson<Body extends z.ZodType>(response: Response, schema: Body): Promise<z.infer<Body>> {
  if (!response.ok) throw new Error(`${response.url} responded ${response.status}.`);
  return schema.parse(await response.json());
}

const discover = async ({ issuer }: Settings) =>
  readJson(await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`), Discovery);

type Request = { state: string; redirectUri: string; scopes: string; more: Iterable<[string, string]> };

/** Returns the URL of the provider's page on which the user agrees to sign in. */
export async function authorizeUrl(settings: Settings, { state, redirectUri, scopes, more }: Request): Promise<string> {
  const url = new URL((await discover(settings)).authorization_endpoint);
  for (const [name, value] of more) url.searchParams.set(name, value);
  url.searchParams.set("client_id", settings.clientId);
  url.searchParams.set("redirect_uri", redirectUri);
  url.searchParams.set("response_type", "code");
  url.searchParams.set("scope", ["openid", "email", "profile", ...scopes.split(/[ ,]+/).filter(Boolean)].join(" "));
  url.searchParams.set("state", state);
  return url.href;
}

/** Exchanges the code of the provider for its tokens. Throws if the provider responds with an error. */
export async function exchangeCode(settings: Settings, code: string, redirectUri: string) {
  const { token_endpoint } = await discover(settings);
  const credentials = `${encodeURIComponent(settings.clientId)}:${encodeURIComponent(settings.clientSecret)}`;
  const response = await fetch(token_endpoint, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: redirectUri }),
  });
  return readJson(response, Tokens);
}

/** Returns the data that the provider has about the user. Throws if the provider responds with an error. */
export async function fetchProfile(settings: Settings, accessToken: string): Promise<Profile> {
  const { userinfo_endpoint } = await discover(settings);
  return readJson(await fetch(userinfo_endpoint, { headers: { authorization: `Bearer ${accessToken}` } }), Profile);
}
