import { onTestFinished, vi } from "vitest";
import { startFileServer } from "@/tests/support/file-server";
import type { IncomingMessage, ServerResponse } from "node:http";
import { stubSettings } from "../stub-settings";

export const TOKEN = "r8_sandbox_test";

/** Returns a newly loaded client, for a Replicate at `baseUrl`. */
export async function connect(baseUrl: string) {
  vi.resetModules();
  stubSettings({ REPLICATE_API_TOKEN: TOKEN, REPLICATE_API_BASE_URL: baseUrl });
  onTestFinished(() => void vi.unstubAllEnvs());
  return import("@/lib/replicate/client");
}

type Asked = {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingMessage["headers"];
  body: string;
};

/** Returns a client for a server that responds with `answer`, and all requests that reached the server. */
export async function answering(answer: (response: ServerResponse, request: IncomingMessage) => unknown) {
  const requests: Asked[] = [];
  const server = await startFileServer((request, response) => {
    const asked = { method: request.method, path: request.url, headers: request.headers, body: "" };
    requests.push(asked);
    request.setEncoding("utf8").on("data", (text: string) => (asked.body += text));
    request.on("end", () => answer(response, request));
  });
  onTestFinished(() => server.close());
  return { client: await connect(`${server.origin}/v1`), requests, origin: server.origin };
}

/** A prediction with the fields of Replicate's API, with `changes`. */
export function prediction(changes: Record<string, unknown> = {}) {
  return {
    id: "rrr4z5ztdnrm80crkw0s5e2p2w",
    status: "starting",
    model: "stability-ai/sdxl",
    version: "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc",
    input: { prompt: "a fox" },
    output: null,
    error: null,
    logs: "",
    created_at: "2026-11-21T14:32:07.5Z",
    ...changes,
  };
}

/** Sends a response with this status and this body. */
export function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}
