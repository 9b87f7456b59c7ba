import type { App } from "@supabase/lite";
import { AuthRules, type AuthFaults } from "./auth/http/faults.ts";
import { isSameKey } from "./auth/http/check-api-key.ts";
import type { Mail } from "./mail/mailbox.ts";
import { isOwnBrowser, mailPage } from "./mail/page.ts";
import { adaptStorageRequest } from "./storage-compat.ts";

type Handle = (request: Request) => Promise<Response>;
type Options = {
  app: App;
  mails: Mail[];
  secretKey: string;
  faults: AuthFaults;
  /** Handles the requests to auth. */
  authServer: Handle;
  /** Handles the requests to storage and rest. */
  handle: Handle;
};

/**
 * Serves the API of a Supabase project (auth, rest, storage), and endpoints of the sandbox. GET /__mail shows the e-mails to a
 * browser on this machine. With the secret key, GET /__mail returns the e-mails as JSON, POST /__faults makes requests to auth
 * fail on purpose, and POST /__sql runs its body as one SQL statement.
 */
export function createHandler({ app, mails, secretKey, faults, authServer, handle }: Options): Handle {
  return async (request) => {
    const { pathname } = new URL(request.url);
    // @supabase/lite also serves other paths, such as the database schema, and needs no key for them. So it gets only the
    // requests to storage and rest.
    if (pathname.startsWith("/auth/v1/")) return authServer(request);
    if (pathname.startsWith("/storage/v1/")) return adaptStorageRequest(request, handle);
    if (pathname.startsWith("/rest/v1/")) return handle(request);
    const hasKey = isSameKey(request.headers.get("apikey"), secretKey);
    if (pathname === "/__mail" && !hasKey && isOwnBrowser(request)) return mailPage(mails);
    if (!hasKey) return new Response("Not found", { status: 404 });
    if (pathname === "/__mail") return Response.json(mails);
    if (pathname === "/__sql") return Response.json(await runStatement(app, await request.text()));
    if (pathname === "/__faults" && request.method === "POST") return setFaults(faults, request);
    return new Response("Not found", { status: 404 });
  };
}

async function runStatement(app: App, statement: string): Promise<unknown[]> {
  const result = await app.connection.exec(statement);
  return result ? result.rows : [];
}

async function setFaults(faults: AuthFaults, request: Request): Promise<Response> {
  const rules = AuthRules.safeParse(await request.json());
  if (!rules.success) return Response.json({ error: rules.error.issues }, { status: 400 });
  faults.set(rules.data);
  return Response.json(rules.data);
}
