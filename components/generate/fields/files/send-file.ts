import type { MediaChoice } from "@/components/generate/fields/media-choice";
import { uploadToMediaChoice } from "@/components/generate/fields/to-media-choice";
import { readProblem } from "@/components/jobs/read-response";
import { isRecord } from "@/components/ui/is-record";
import { MAX_HOSTED_BODY_BYTES } from "@/lib/limits/default-limits";

type SendOptions = { signal: AbortSignal; onProgress: (share: number) => void };
type Sent = { choice: MediaChoice } | { problem: string };

const failed = { problem: "The file could not be uploaded. Try again." };

/**
 * Uploads a file: in a request to the app or, if the file is too large for such a request, directly to storage. Does not throw:
 * if the upload fails or the server rejects the file, returns a message for the user (`problem`).
 */
export async function sendFile(file: File, options: SendOptions): Promise<Sent> {
  try {
    const send = file.size <= MAX_HOSTED_BODY_BYTES ? sendDirectly : sendSigned;
    return await send(file, options);
  } catch {
    // The network failed, or the upload was canceled.
    return failed;
  }
}

async function sendDirectly(file: File, { signal }: SendOptions): Promise<Sent> {
  const headers = { "Content-Type": file.type || "application/octet-stream" };
  const path = `/api/uploads?name=${encodeURIComponent(file.name)}`;
  return toSent(await fetch(path, { method: "POST", headers, body: file, signal }));
}

/** Sends a file to a URL of the storage, and then asks the server to check the file. */
async function sendSigned(file: File, { signal, onProgress }: SendOptions): Promise<Sent> {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ name: file.name, bytes: file.size });
  const response = await fetch("/api/uploads/signed", { method: "POST", headers, body, signal });
  if (!response.ok) return { problem: (await readProblem(response)).detail };
  const started: unknown = await response.json();
  const { id, upload_url: url } = isRecord(started) ? started : {};
  if (typeof id !== "string" || typeof url !== "string") return failed;
  const path = `/api/uploads/signed/${id}`;
  try {
    await put(url, file, { signal, onProgress });
    return await toSent(await fetch(path, { method: "POST", signal }));
  } catch (error) {
    // Frees the storage space that the server has reserved for the file. If this request also fails, the server frees it after an
    // hour.
    await fetch(path, { method: "DELETE", keepalive: true }).catch(() => null);
    throw error;
  }
}

/** Sends a file with PUT. Uses an XMLHttpRequest, because `fetch` does not report how much of the file has been sent. */
function put(url: string, file: File, { signal, onProgress }: SendOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new Error(`The upload failed with the status ${request.status}.`));
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : fail());
    request.onerror = fail;
    request.onabort = fail;
    signal.addEventListener("abort", () => request.abort(), { once: true });
    if (signal.aborted) fail();
    else request.send(file);
  });
}

async function toSent(response: Response): Promise<Sent> {
  if (!response.ok) return { problem: (await readProblem(response)).detail };
  const body: unknown = await response.json().catch(() => null);
  return isUpload(body) ? { choice: uploadToMediaChoice(body) } : failed;
}

/** Checks only the URL, because the server has already validated its response. */
function isUpload(body: unknown): body is Parameters<typeof uploadToMediaChoice>[0] {
  return isRecord(body) && typeof body.url === "string";
}
