import type { Answer } from "./send-request";

/** The types that a browser may show in a tab of its own. None of them can contain a script. */
const SHOWN = /^(image\/(png|jpeg|webp|gif|avif)|video\/(mp4|webm|quicktime)|audio\/(mpeg|mp4|wav|flac|ogg|webm))$/;
/** The types that are only downloaded, or shown in an `<img>`. */
const DOWNLOADED = /^(image\/svg\+xml|model\/gltf-binary|model\/gltf\+json|application\/(zip|pdf|octet-stream))$/;

/** Without `allow-scripts`, nothing can run. A film or sound that is opened alone loads itself. */
const POLICY =
  /^default-src 'none'; sandbox(; style-src 'unsafe-inline'| allow-same-origin; style-src 'unsafe-inline'; media-src 'self')$/;

/** Returns what a browser could use to run, or to show as a document, what is in this answer with a saved file. */
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
