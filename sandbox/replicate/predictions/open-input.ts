import { ModelError } from "./runners/plan.ts";
import type { State } from "../state/state.ts";

const TIMEOUT = 30_000;

export function isLoopback(url: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

function missing(uri: string): ModelError {
  return new ModelError(`404 Client Error: Not Found for url: ${uri}`);
}

async function ownFile(url: URL, state: State): Promise<Uint8Array | null> {
  const uploaded = /^\/v1\/files\/([^/]+)(\/download)?$/.exec(url.pathname)?.[1];
  const output = /^\/delivery\/[^/]+\/([^/]+)\//.exec(url.pathname)?.[1];
  if (uploaded && state.files.get(uploaded)) return state.blobs.get(uploaded);
  if (output && state.outputs.get(output)) return state.blobs.get(output);
  return null;
}

/**
 * The bytes behind a URI of an input: a data URI, a file of the sandbox's own, or one on this machine. The sandbox
 * reaches nothing else; a model fails with the words of Python's requests when a file cannot be had.
 */
export async function openInput(uri: string, origin: string, state: State): Promise<Uint8Array> {
  const url = URL.parse(uri);
  if (!url) throw missing(uri);
  if (url.protocol === "data:") return (await fetch(uri)).bytes();
  if (url.origin === origin) {
    const bytes = await ownFile(url, state);
    if (bytes) return bytes;
  } else if (isLoopback(url) && /^https?:$/.test(url.protocol)) {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT) }).catch(() => null);
    if (response?.ok) return response.bytes();
  }
  throw missing(uri);
}
