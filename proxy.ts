import type { NextRequest } from "next/server";
import { env } from "@/lib/env";
import { isCrossSite, isHttps } from "@/lib/origin";
import { securityHeaders } from "@/lib/security-headers";
import { refreshSession } from "@/lib/supabase/proxy";

/**
 * Every page: a fresh session and the security headers. Who may see what is decided by the pages. A form that another
 * site sends is turned away here, because Next answers it as a failure of ours (500).
 */
export async function proxy(request: NextRequest) {
  const secured = securityHeaders({
    nonce: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64"),
    deliveryOrigins: env.deliveryOrigins,
    isDevelopment: !env.isProduction,
    isHttps: isHttps(request.headers),
    isShared: request.nextUrl.pathname.startsWith("/s/"),
  });

  if (request.method !== "GET" && request.method !== "HEAD" && isCrossSite(request.headers)) {
    return new Response("This was not sent from Darkroom's own pages.", { status: 403, headers: secured });
  }

  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the policy of the request.
  headers.set("Content-Security-Policy", secured["Content-Security-Policy"] ?? "");
  const response = await refreshSession(request, headers);
  for (const [name, value] of Object.entries(secured)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: "/((?!api/|_next/static/|_next/image|icon.svg|favicon.ico).*)" };
