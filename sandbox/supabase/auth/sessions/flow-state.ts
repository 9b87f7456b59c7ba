import { createHash, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { selectFirst, type Db } from "../database.ts";
import { AuthError, invalid } from "../http/errors.ts";
import type { Method } from "./session.ts";

/** How long a flow is valid (ms). A flow is a sign-in with a provider, or an e-mail with PKCE. */
const LIFETIME = 5 * 60_000;

const text = z.string().nullable();
export const FlowState = z.object({
  id: z.string(),
  user_id: text,
  auth_code: text,
  authentication_method: z.enum(["oauth", "magiclink", "recovery", "email/signup", "email_change"]),
  code_challenge: text,
  code_challenge_method: text,
  provider_type: z.string(),
  provider_access_token: text,
  provider_refresh_token: text,
  auth_code_issued_at: text,
  referrer: text,
  linking_target_id: text,
  created_at: z.string(),
});
export type FlowState = z.infer<typeof FlowState>;

/**
 * The members of a request's body that begin a PKCE flow: a sign-in in which the browser receives a code and exchanges it for a
 * session. In all other requests, both members are missing.
 */
export const Challenge = z.object({
  code_challenge: z
    .string()
    .nullish()
    .transform((value) => value ?? ""),
  code_challenge_method: z
    .string()
    .nullish()
    .transform((value) => value ?? ""),
});
export type Challenge = z.infer<typeof Challenge>;

/** Returns whether the request begins a PKCE flow. If its challenge is not valid, throws the error of the real server. */
export function isPkce({ code_challenge: challenge, code_challenge_method: method }: Challenge): boolean {
  if ((challenge === "") !== (method === "")) {
    throw invalid("PKCE flow requires code_challenge_method and code_challenge");
  }
  if (challenge === "") return false;
  if (challenge.length < 43 || challenge.length > 128) {
    throw invalid("code challenge has to be between 43 and 128 characters");
  }
  if (!/^[\w.~-]+$/.test(challenge)) {
    throw invalid("code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes");
  }
  if (!/^(s256|plain)$/i.test(method)) throw invalid("Invalid code_challenge_method");
  return true;
}

type NewFlow = {
  userId?: string;
  method: Extract<Method, FlowState["authentication_method"]>;
  provider: string;
  challenge: Challenge;
  referrer?: string;
  linkingTargetId?: string | undefined;
};

/**
 * Stores a flow and returns its id. If the flow has a challenge, it also gets the code that the browser exchanges for a session.
 */
export async function insertFlow(db: Db, flow: NewFlow): Promise<string> {
  const { code_challenge, code_challenge_method } = flow.challenge;
  const id = randomUUID();
  await db
    .insertInto("auth.flow_state")
    .values({
      id,
      user_id: flow.userId ?? null,
      authentication_method: flow.method,
      provider_type: flow.provider,
      referrer: flow.referrer ?? null,
      linking_target_id: flow.linkingTargetId ?? null,
      provider_access_token: "",
      provider_refresh_token: "",
      ...(code_challenge && {
        auth_code: randomUUID(),
        code_challenge,
        code_challenge_method: code_challenge_method.toLowerCase(),
      }),
    })
    .execute();
  return id;
}

function lockFlow(db: Db, column: "id" | "auth_code", value: string): Promise<FlowState | null> {
  const found = sql`select * from auth.flow_state where ${sql.ref(column)} = ${value} for update`;
  return selectFirst(db, FlowState, sql`select to_jsonb(found) as item from (${found}) found`);
}
export const findFlowById = (db: Db, id: string) => lockFlow(db, "id", id);
export const findFlowByCode = (db: Db, code: string) => lockFlow(db, "auth_code", code);

/** The user's newest flow of this kind. */
export function findFlowOfUser(db: Db, userId: string, method: string): Promise<FlowState | null> {
  return selectFirst(
    db,
    FlowState,
    sql`select to_jsonb(f) as item from auth.flow_state f
      where user_id = ${userId} and authentication_method = ${method} order by created_at desc`,
  );
}

export function isFlowExpired({ auth_code_issued_at, authentication_method, created_at }: FlowState): boolean {
  const isMail = auth_code_issued_at !== null && authentication_method === "magiclink";
  return Date.now() > Date.parse(isMail ? auth_code_issued_at : created_at) + LIFETIME;
}

/** Throws if the verifier does not match the challenge with which the flow began. */
export function requireVerifier({ code_challenge, code_challenge_method }: FlowState, verifier: string): void {
  const hash = createHash("sha256").update(verifier).digest("base64url");
  if (code_challenge === (code_challenge_method === "s256" ? hash : verifier)) return;
  throw new AuthError(400, "bad_code_verifier", "code challenge does not match previously saved code verifier");
}
