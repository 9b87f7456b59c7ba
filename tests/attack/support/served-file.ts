import type { Answer } from "./send-request";

/** The types that a browser may show when their URL is opened. Files of these types cannot contain scripts. */
const SHOWN = /^(image\/(png|jpeg|webp|gif|avif)|video\/(mp4|webm|quicktime)|audio\/(mpeg|mp4|wav|flac|ogg|webm))$/;
/** The types that a browser may only download, or show in an `<img>`. */
const DOWNLOADED = /^(image\/svg\+xml|model\/gltf-binary|model\/gltf\+json|application\/(zip|pdf|octet-stream))$/;

/**
 * The allowed values of `Content-Security-Policy`. Their `sandbox` has no `allow-scripts`, so no script can run. `media-src` is
 * for videos and sounds: a browser creates a page for such a file, and this page loads the file again.
 */
const POLICY =
  /^default-src 'none'; sandbox(; style-src 'unsafe-inline'| allow-same-origin; style-src 'unsafe-inline'; media-src 'self')$/;

/**
 * Takes a response that contains a saved file. Returns those of its headers that would allow a browser to run a script in the
 * file, or to show the file as a document.
 */
export function listDangers({ status, headers }: Pick<Answer, "status" | "headers">): string[] {
  const [type = "", disposition = "", sniffing = "", policy = ""] = [
    "content-type",
    "content-disposition",
    "x-content-type-options",
    "content-security-policy",
  ].map((name) => headers.get(name) ?? "");
  const isDownload = /^attachment; filename="[\w.-]+"/.test(disposition);
  const isShown = SHOWN.test(type) && /^inline; filename="[\w.-]+"$/.test(disposition);
  return [
    ...(status === 200 || status === 206 ? [] : [`status ${status}`]),
    ...(isShown || (isDownload && (SHOWN.test(type) || DOWNLOADED.test(type))) ? [] : [`${type}, ${disposition}`]),
    ...(sniffing === "nosniff" ? [] : [`X-Content-Type-Options: ${sniffing}`]),
    ...(POLICY.test(policy) ? [] : [policy]),
  ];
}
