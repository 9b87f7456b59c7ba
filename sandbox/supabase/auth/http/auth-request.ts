import { z } from "zod";
import type { Db } from "../database.ts";
import type { AuthSettings } from "../settings.ts";
import { AuthError } from "./errors.ts";

/** An e-mail that is sent after the request has succeeded. */
export type OutgoingMail = { to: string; template: string; values: Record<string, string> };

/** A request to Supabase Auth, and the other values that an endpoint needs. */
export type AuthRequest = {
  request: Request;
  url: URL;
  /** The parsed JSON body. */
  body: unknown;
  /** The ids in the path, from left to right. */
  ids: string[];
  /**
   * Runs queries, for most endpoints in a transaction. PGlite has only one connection, so while a transaction is open, an
   * endpoint must not wait for anything but queries.
   */
  db: Db;
  settings: AuthSettings;
  jwtSecret: string;
  /** The role of the API key. */
  keyRole: "anon" | "service_role";
  siteUrl: string;
  mails: OutgoingMail[];
};

/** The client's browser and IP address, in the form in which a session stores them. */
export function clientOf({ request }: AuthRequest): { userAgent: string | null; ip: string } {
  const [forwarded = ""] = (request.headers.get("x-forwarded-for") ?? "").split(",");
  return { userAgent: request.headers.get("user-agent") || null, ip: forwarded.trim() || "127.0.0.1" };
}

/** The URL of this server, with the path of the auth API. */
export const apiUrl = ({ url }: Pick<AuthRequest, "url">) => `${url.origin}/auth/v1`;

/**
 * Returns the members of the JSON body that the endpoint needs. If a member has a wrong type, throws the error of the real
 * server.
 */
export function readBody<Body extends z.ZodType>({ body }: AuthRequest, schema: Body): z.infer<Body> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw new AuthError(400, "bad_json", `Could not parse request body as JSON: ${z.prettifyError(read.error)}`);
}
