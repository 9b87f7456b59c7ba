import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isPrivateHost } from "@/lib/security/private-host";

const MAX_LENGTH = 2000;

/**
 * Returns the URL to which a user wants webhooks to be sent. Throws `invalid_input` if no webhook may be sent to this URL. A
 * host name with an address in a private network is accepted here, because `sendWebhook` checks the addresses of the name at
 * each connection.
 */
export function parseTarget(text: string): URL {
  const url = URL.parse(text);
  const problem = url ? problemOf(url) : "must be a URL";
  if (url && !problem) return url;
  const description = `webhook ${problem}`;
  throw new AppError("invalid_input", `The ${description}.`, {
    invalidFields: [{ type: "format", field: "webhook", description }],
  });
}

/**
 * Whether the receiver is a server on this machine that the settings allow. There are such servers only in development and tests.
 */
export function isLocalTarget({ origin }: URL): boolean {
  return env().LOCAL_WEBHOOK_ORIGINS.includes(origin);
}

/**
 * Returns why no webhook may be sent to the URL, or null. `URL.parse` has already rewritten the URL: for example, it has
 * converted a number as host to an IP address, and removed the port 443.
 */
function problemOf(url: URL): string | null {
  const { APP_URL, NEXT_PUBLIC_SUPABASE_URL, REPLICATE_API_BASE_URL } = env();
  if (!APP_URL) return "cannot be used, because this installation has no APP_URL";
  if (url.href.length > MAX_LENGTH) return `must have at most ${MAX_LENGTH} characters`;
  if (url.username || url.password) return "must not contain a user name or a password";
  if (isLocalTarget(url)) return null;
  if (url.protocol !== "https:") return "must be an https URL";
  if (url.port) return "must not contain a port";
  const own = [APP_URL, NEXT_PUBLIC_SUPABASE_URL, REPLICATE_API_BASE_URL].map((known) => new URL(known).hostname);
  if (url.hostname.endsWith(".") || own.includes(url.hostname) || isPrivateHost(url.href)) {
    return "must not lead to a private network or to this installation";
  }
  return null;
}
