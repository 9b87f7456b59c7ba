import { NextResponse, type NextRequest } from "next/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { queryModels } from "@/lib/api-v1/query-models";
import { publicRoute } from "@/lib/api-v1/route-wrappers";
import { route } from "@/lib/http";
import { captchaPages } from "@/lib/security/captcha-sources";
import { isHttps } from "@/lib/security/origin";
import { securityHeaders } from "@/lib/security/headers";
import { refreshSession } from "@/lib/supabase/user-client";
import { isValidPath, rejectMalformed, rejectMalformedBody } from "@/lib/security/malformed-request";

/** The path of the only route with the method QUERY, which Next's route handlers do not support. */
const QUERY_PATH = "/api/v1/models";

const findNothing = () => Promise.reject(new AppError("not_found", "There is nothing at this URL."));
const respondNotFound = route(findNothing);
const respondNotFoundInApiV1 = publicRoute(findNothing);

/** Renews the session and sets the security headers for every page. The page itself checks whether the user may see it. */
export async function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl;
  if (request.method === "QUERY" && pathname === QUERY_PATH) return queryModels(request, undefined);
  if (pathname.startsWith("/api/")) {
    if (isValidPath(pathname)) return NextResponse.next();
    return (pathname.startsWith("/api/v1/") ? respondNotFoundInApiV1 : respondNotFound)(request, undefined);
  }

  const isShared = pathname.startsWith("/s/");
  const secured = securityHeaders({
    nonce: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64"),
    deliveryOrigins: env().REPLICATE_DELIVERY_ORIGINS,
    // Only Generate uploads files to storage, but the policy of every page except a shared page allows it: if the user goes
    // from another page to Generate without a reload, the browser keeps the policy of the other page.
    storageOrigin: isShared ? null : new URL(env().NEXT_PUBLIC_SUPABASE_URL).origin,
    captcha: captchaPages.has(pathname) ? (env().captcha?.provider ?? null) : null,
    isDevelopment: !env().isProduction,
    isHttps: isHttps(request.headers),
    isShared,
  });

  const rejection =
    rejectMalformed({ method: request.method, pathname, headers: request.headers }) ??
    (await rejectMalformedBody(request));
  if (rejection) return new Response(rejection.message, { status: rejection.status, headers: secured });

  const headers = new Headers(request.headers);
  // Next reads the nonce for its scripts from this header of the request.
  headers.set("Content-Security-Policy", secured["Content-Security-Policy"] ?? "");
  const response = await refreshSession(request, headers);
  for (const [name, value] of Object.entries(secured)) response.headers.set(name, value);
  return response;
}

// The proxy runs for these paths: first, pages, but not Next's own files, the icons, or the files in public/. Second, API paths
// that contain a percent sign, because only these can be malformed. Third, the path of the search for models (`QUERY_PATH`).
export const config = {
  matcher: [
    "/((?!api/|_next/static/|_next/image|(?:icon\\.svg|favicon\\.ico|(?:landing|logo)\\.svg|og\\.png|screenshots/(?:gallery|generate|history|landing|phone|viewer)\\.webp)$).*)",
    "/api/(.*%.*)",
    "/api/v1/models",
  ],
};
