import { isLoopback } from "../../../lib/security/private-host.ts";
import type { State } from "../state/saved-state.ts";
import { ModelError } from "./runners/plan.ts";

const TIMEOUT = 30_000;

function missing(uri: string): ModelError {
  return new ModelError(`404 Client Error: Not Found for url: ${uri}`);
}

async function readOwnFile(url: URL, state: State): Promise<Uint8Array | null> {
  const uploaded = /^\/v1\/files\/([^/]+)(\/download)?$/.exec(url.pathname)?.[1];
  const output = /^\/delivery\/[^/]+\/([^/]+)\//.exec(url.pathname)?.[1];
  if (uploaded && state.files.get(uploaded)) return state.blobs.get(uploaded);
  if (output && state.outputs.get(output)) return state.blobs.get(output);
  return null;
}

/**
 * Returns the bytes of an input file: from a data URI, from the sandbox itself or from another server on this machine. No other
 * URL is fetched. If the file cannot be read, throws a `ModelError` with the message of Python's library `requests`.
 */
export async function openInput(uri: string, origin: string, state: State): Promise<Uint8Array> {
  const url = URL.parse(uri);
  if (!url) throw missing(uri);
  if (url.protocol === "data:") return (await fetch(uri)).bytes();
  if (url.origin === origin) {
    const bytes = await readOwnFile(url, state);
    if (bytes) return bytes;
  } else if (isLoopback(url.href) && /^https?:$/.test(url.protocol)) {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT) }).catch(() => null);
    if (response?.ok) return response.bytes();
  }
  throw missing(uri);
}
