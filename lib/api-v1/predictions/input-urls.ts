import "server-only";
import { env } from "@/lib/env";
import { mediaPath, parseMediaPath, uploadPath } from "@/lib/media/media-urls";
import { outputFiles } from "@/lib/media/output-files";
import type { FindFile } from "@/lib/predictions/input/check-request-input";
import { appOrigin } from "@/lib/request-params";
import { isAllowedUrl } from "@/lib/security/allowed-url";
import { originOf } from "@/lib/security/origin";
import { findOutputMedia, findOwnPrediction } from "./queries";

/** The longest URL that is accepted (characters). Signed URLs of storage services have about two thousand. */
const MAX_URL = 8_000;
/**
 * Matches a backslash or a control character. Programs disagree about the host of a URL with such a character, so Replicate
 * could fetch another URL than the one that was checked.
 */
const AMBIGUOUS = /[\\\p{Cc}]/u;
const ID = "([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})";
const FILE = new RegExp(`^/api/v1/files/${ID}(?:/download)?$`, "i");
const OUTPUT = new RegExp(`^/api/v1/outputs/${ID}/(\\d{1,4})/[^/]+$`, "i");

/**
 * Returns a function that checks the web URLs in an input of this user. It replaces a URL of this app by the path of the user's
 * own file, even if the signature of the URL has expired. Most other URLs stay as they are, and Replicate fetches them. But the
 * URL of a file that someone uploaded to Replicate is refused: Replicate would read it with the token of this installation,
 * which can read the files of all users.
 */
export function findInputFile(userId: string, { headers }: Request): FindFile {
  const own = [appOrigin(headers), originOf(headers)];
  return async (url) => {
    const target = URL.parse(url);
    if (!target || url.length > MAX_URL || target.username || target.password || AMBIGUOUS.test(url)) return null;
    const file = own.includes(target.origin) ? await findOwnFile(userId, target) : undefined;
    if (file !== undefined) return file;
    // A client can forge the headers from which `own` comes. So a URL of this app is accepted here without a further check only
    // if its origin is the setting APP_URL.
    return target.origin !== env().APP_URL && isFileAtReplicate(target) ? null : url;
  };
}

/**
 * Returns the path of the media, upload or output file that has this URL of the app. Returns null if the user has no such output
 * file, and undefined for any other URL, such as the URL of a shared file. `requireOwnMedia` checks later whether the user owns
 * the media or the upload.
 */
async function findOwnFile(userId: string, { pathname, searchParams }: URL): Promise<string | null | undefined> {
  if (parseMediaPath(pathname) && !searchParams.has("token")) return pathname;
  const [, upload] = FILE.exec(pathname) ?? [];
  if (upload) return uploadPath(upload.toLowerCase());
  const [, prediction, position] = OUTPUT.exec(pathname) ?? [];
  return prediction && position ? findOutput(userId, prediction.toLowerCase(), Number(position)) : undefined;
}

/** Returns the path of an output file or, until it is saved, its URL at Replicate. Null if the user has no such file. */
async function findOutput(userId: string, predictionId: string, position: number): Promise<string | null> {
  const row = await findOwnPrediction(userId, predictionId);
  if (!row) return null;
  const media = await findOutputMedia(predictionId, position);
  if (media) return mediaPath(media.id);
  return position in row.deleted_images ? null : (outputFiles(row.output, row.links)[position] ?? null);
}

/**
 * Whether a URL may lead to a file that was uploaded to Replicate: it is at the host of Replicate's API, and is not an output
 * file. (The sandbox has its output files at this host too.)
 */
function isFileAtReplicate({ href, hostname, pathname }: URL): boolean {
  const api = new URL(env().REPLICATE_API_BASE_URL).hostname;
  if (hostname.replace(/\.$/, "") !== api) return false;
  return /\/files\//i.test(pathname) || !isAllowedUrl(href, env().REPLICATE_DELIVERY_ORIGINS);
}
