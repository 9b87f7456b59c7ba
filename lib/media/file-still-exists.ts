import { isAllowedUrl } from "@/lib/security/allowed-url";

/**
 * How long to wait for Replicate's response (ms). If there is no response in this time, the file is treated as deleted, because
 * the user is waiting for the page of a model.
 */
const TIMEOUT = 1_500;

/**
 * Whether a file still exists at one of these origins of Replicate. No URL of another origin is requested, and no redirect is
 * followed.
 */
export async function fileStillExists(url: string, allowedOrigins: readonly string[]): Promise<boolean> {
  if (!isAllowedUrl(url, allowedOrigins)) return false;
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    const response = await fetch(url, {
      method: "HEAD",
      redirect: "error",
      cache: "no-store",
      credentials: "omit",
      signal,
    });
    return response.status === 200;
  } catch {
    return false;
  }
}
