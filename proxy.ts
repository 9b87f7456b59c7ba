import type { NextRequest } from "next/server";
import { env } from "@/lib/env";
import { securityHeaders } from "@/lib/security-headers";
import { refreshSession } from "@/lib/supabase/proxy";

/** Every page: a fresh session and the security headers. Who may see what is decided by the pages. */
export async function proxy(request: NextRequest) {
  const secured = securityHeaders({
    nonce: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64"),
    deliveryOrigins: env.deliveryOrigins,
    isDevelopment: !env.isProduction,
    isHttps: request.nextUrl.protocol === "https:",
  });

  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the policy of the request.
  headers.set("Content-Security-Policy", secured["Content-Security-Policy"] ?? "");
  const response = await refreshSession(request, headers);
  for (const [name, value] of Object.entries(secured)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: "/((?!api/|_next/static/|_next/image|icon.svg|favicon.ico).*)" };
