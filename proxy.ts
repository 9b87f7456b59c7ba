import { NextResponse, type NextRequest } from "next/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { isHttps } from "@/lib/security/origin";
import { securityHeaders } from "@/lib/security/headers";
import { refreshSession } from "@/lib/supabase/user-client";
import { isValidPath, rejectMalformed } from "@/lib/security/malformed-request";

const nowhere = route(() => Promise.reject(new AppError("not_found", "There is nothing at this address.")));

/** Gives every page a fresh session and the security headers. The pages decide who may see what. */
export async function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl;
  if (pathname.startsWith("/api/")) return isValidPath(pathname) ? NextResponse.next() : nowhere(request, undefined);

  const secured = securityHeaders({
    nonce: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64"),
    deliveryOrigins: env().REPLICATE_DELIVERY_ORIGINS,
    isDevelopment: !env().isProduction,
    isHttps: isHttps(request.headers),
    isShared: pathname.startsWith("/s/"),
  });

  const refusal = rejectMalformed({ method: request.method, pathname, headers: request.headers });
  if (refusal) return new Response(refusal.message, { status: refusal.status, headers: secured });

  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the policy of the request.
  headers.set("Content-Security-Policy", secured["Content-Security-Policy"] ?? "");
  const response = await refreshSession(request, headers);
  for (const [name, value] of Object.entries(secured)) response.headers.set(name, value);
  return response;
}

// Pages only: not Next's own files, the icons and the files in public/. Of the API only paths with a percent sign, which may be malformed.
export const config = {
  matcher: [
    "/((?!api/|_next/static/|_next/image|(?:icon\\.svg|favicon\\.ico|(?:landing|logo)\\.svg|og\\.png|screenshots/(?:gallery|generate|history|landing|phone|viewer)\\.webp)$).*)",
    "/api/(.*%.*)",
  ],
};
