import { timingSafeEqual } from "node:crypto";
import type { App } from "@supabase/lite";
import { adaptRequest } from "./client-compat.ts";
import type { Mail } from "./mailbox.ts";

type Handle = (request: Request) => Promise<Response>;

/**
 * Serves the API of a Supabase project (auth, rest, storage), and two endpoints of the sandbox that need the secret key:
 * GET /__mail lists the mails, and POST /__sql runs its body as one statement.
 */
export function createHandler(app: App, mails: Mail[], secretKey: string, handle: Handle) {
  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    // @supabase/lite also serves paths without a key, such as the schema. They are blocked here.
    if (/^\/(auth|rest|storage)\/v1\//.test(pathname)) return adaptRequest(request, handle);
    if (!isKey(request.headers.get("apikey"), secretKey)) return new Response("Not found", { status: 404 });
    if (pathname === "/__mail") return Response.json(mails);
    if (pathname === "/__sql") return Response.json(await runStatement(app, await request.text()));
    return new Response("Not found", { status: 404 });
  };
}

function isKey(given: string | null, key: string): boolean {
  const [left, right] = [Buffer.from(given ?? ""), Buffer.from(key)];
  return left.length === right.length && timingSafeEqual(left, right);
}

async function runStatement(app: App, statement: string): Promise<unknown[]> {
  const result = await app.connection.exec(statement);
  return result ? result.rows : [];
}
