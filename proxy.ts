import { NextResponse, type NextRequest } from "next/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { isHttps } from "@/lib/security/origin";
import { securityHeaders } from "@/lib/security/headers";
import { refreshSession } from "@/lib/supabase/proxy";
import { isText, rejectMalformed } from "@/lib/security/malformed-request";

const nowhere = route(() => Promise.reject(new AppError("not_found", "There is nothing at this address.")));

/** Every page: a fresh session and the security headers. Who may see what is decided by the pages. */
export async function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl;
  if (pathname.startsWith("/api/")) return isText(pathname) ? NextResponse.next() : nowhere(request, undefined);

  const secured = securityHeaders({
    nonce: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64"),
    deliveryOrigins: env().REPLICATE_DELIVERY_ORIGINS,
    isDevelopment: !env().isProduction,
    isHttps: isHttps(request.headers),
    isShared: pathname.startsWith("/s/"),
  });

  const refusal = rejectMalformed({ method: request.method, pathname, headers: request.headers });
  if (refusal) return new Response(refusal.words, { status: refusal.status, headers: secured });

  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the policy of the request.
  headers.set("Content-Security-Policy", secured["Content-Security-Policy"] ?? "");
  const response = await refreshSession(request, headers);
  for (const [name, value] of Object.entries(secured)) response.headers.set(name, value);
  return response;
}

// Pages only: not Next's own files, the icons and the files in public/. Of the API only what Next may not be able to read.
export const config = {
  matcher: [
    "/((?!api/|_next/static/|_next/image|(?:icon\\.svg|favicon\\.ico|(?:landing|logo)\\.svg|og\\.png|screenshots/(?:gallery|generate|history|landing|phone|viewer)\\.webp)$).*)",
    "/api/(.*%.*)",
  ],
};
