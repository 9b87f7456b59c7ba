import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { checkAnswer, stack, type Answer } from "./send-request";

type Raw = { path: string; bytes: Iterable<string | Buffer>; known?: number; appUrl?: string };

export async function openSocket(appUrl = stack.appUrl): Promise<Socket> {
  const { hostname, port } = new URL(appUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  // The server may close the connection while the test is still sending.
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/**
 * Sends bytes on a new connection, until all are sent or a response begins. Returns the whole response. `taken` is how many
 * bytes the server had accepted when the response began.
 */
export async function sendRaw({ path, bytes, known, appUrl }: Raw): Promise<Answer & { taken: number }> {
  const socket = await openSocket(appUrl);
  const received: Buffer[] = [];
  let taken = 0;
  socket.on("data", (chunk) => {
    if (received.length === 0) taken = socket.bytesWritten - socket.writableLength;
    received.push(chunk);
  });
  const closed = waitFor(socket, "close");
  for (const piece of bytes) {
    if (received.length > 0 || socket.destroyed) break;
    if (!socket.write(piece)) await Promise.race([waitFor(socket, "drain"), waitFor(socket, "data"), closed]);
  }
  await Promise.race([closed, waitForAnswer(socket, received)]);
  socket.destroy();
  return { ...checkAnswer(path, parseAnswer(Buffer.concat(received).toString("latin1")), known), taken };
}

/** Unlike `once`, this does not throw if the connection is reset. A reset connection is treated as closed. */
function waitFor(socket: Socket, event: "drain" | "data" | "close"): Promise<unknown> {
  return new Promise((resolve) => socket.once(event, resolve));
}

/** Returns the text of an HTTP request. `connection: close` is the default, and `headers` can replace it. */
export function formatRequest(method: string, path: string, headers: Record<string, string> = {}, body = ""): string {
  const all = { host: new URL(stack.appUrl).host, connection: "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, "", body].join("\r\n");
}

/** Waits until the response is complete. The server may keep the connection open after that. */
async function waitForAnswer(socket: Socket, received: Buffer[]): Promise<void> {
  while (!isWhole(Buffer.concat(received).toString("latin1"))) await waitFor(socket, "data");
}

function isWhole(text: string): boolean {
  const [head, body] = splitHead(text);
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  return length ? body.length >= Number(length) : body.endsWith("0\r\n\r\n");
}

function splitHead(text: string): [head: string, body: string] {
  const at = text.indexOf("\r\n\r\n");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 4)];
}

/** Parses a response. `text` has one character for each byte, because the lengths in an HTTP response are numbers of bytes. */
function parseAnswer(text: string): Answer {
  const [head, body] = splitHead(text);
  const [first = "", ...lines] = head.split("\r\n");
  const headers = new Headers(
    lines.map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const plain = headers.get("transfer-encoding") === "chunked" ? joinChunks(body) : body;
  const bytes = Buffer.from(plain, "latin1");
  return { status: Number(first.split(" ")[1] ?? 0), headers, bytes, text: bytes.toString() };
}

function joinChunks(body: string): string {
  const size = Number.parseInt(body, 16);
  if (!size) return "";
  const start = body.indexOf("\r\n") + 2;
  return body.slice(start, start + size) + joinChunks(body.slice(start + size + 2));
}
