import type { Db } from "./database.ts";
import { checkKey, type Keys } from "./http/check-api-key.ts";
import type { AuthRequest, OutgoingMail } from "./http/auth-request.ts";
import { requireCaptcha } from "./http/captcha.ts";
import { preflight, withCors } from "./http/cors.ts";
import { AuthError, toErrorResponse } from "./http/errors.ts";
import type { AuthFaults } from "./http/faults.ts";
import { renderMail, type RenderedMail } from "./mail/render.ts";
import { CAPTCHA_PATHS, findEndpoint } from "./routes.ts";
import type { AuthSettings } from "./settings.ts";

type Options = {
  db: Db;
  settings: AuthSettings;
  keys: Keys;
  jwtSecret: string;
  /** The app's URL, to which links in e-mails lead. */
  siteUrl: string;
  /** Sends an e-mail. If the e-mail cannot be sent, the request fails. */
  send: (mail: RenderedMail) => Promise<void>;
  faults: AuthFaults;
};

const MAX_BODY = 1_048_576;

/**
 * Serves the API of Supabase Auth: requests whose path begins with /auth/v1. Its endpoints, errors and messages are those of the
 * real server. Source: https://github.com/supabase/auth
 */
export function createAuthServer(options: Options) {
  async function answer(request: Request, path: string): Promise<Response> {
    const keyRole = checkKey(request, path, options.keys);
    if (keyRole instanceof Response) return keyRole;
    const found = findEndpoint(request.method, path);
    if (found === 404) return new Response("404 page not found\n", { status: 404 });
    if (found === 405) return new Response(null, { status: 405 });
    const { endpoint, ids } = found;
    const url = new URL(request.url);
    const text = await readText(request);
    const fault = await options.faults.apply(request, path + url.search, text);
    if (fault) return fault;
    const call: AuthRequest = { ...options, request, url, body: parseJson(text), ids, keyRole, mails: [] };
    if (CAPTCHA_PATHS.includes(path)) requireCaptcha(call);
    const result = await endpoint(call, (work) => transact(call, work));
    for (const mail of call.mails) await send(mail);
    if (result instanceof Response) return result;
    return result ? Response.json(result) : new Response(null, { status: 204 });
  }

  async function send(mail: OutgoingMail): Promise<void> {
    try {
      await options.send(renderMail(mail, options.settings));
    } catch (error) {
      console.error(error);
      const kind = mail.template.replace("_", " ");
      throw new AuthError(500, "unexpected_failure", `Error sending ${kind} email`);
    }
  }

  return async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname.slice("/auth/v1".length).replace(/\/$/, "");
    if (request.method === "OPTIONS") return preflight(request);
    try {
      return withCors(await answer(request, path));
    } catch (error) {
      return withCors(toErrorResponse(error, request));
    }
  };
}

async function transact<Result>(call: AuthRequest, work: (inside: AuthRequest) => Promise<Result>): Promise<Result> {
  const { error, result } = await call.db.transaction().execute(async (db) => {
    try {
      return { error: null, result: await work({ ...call, db }) };
    } catch (failure) {
      if (failure instanceof AuthError && failure.keepsChanges) return { error: failure, result: null };
      call.mails.length = 0;
      throw failure;
    }
  });
  if (error) throw error;
  return result;
}

async function readText(request: Request): Promise<string> {
  const text = request.method === "GET" ? "" : await request.text();
  if (text.length > MAX_BODY) throw new AuthError(413, "request_entity_too_large", "Request body is too large");
  return text;
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw new AuthError(400, "bad_json", `Could not parse request body as JSON: ${reason}`);
  }
}
