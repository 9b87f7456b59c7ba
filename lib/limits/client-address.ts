import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { env } from "@/lib/env";

/**
 * Has every request of this process carry the address at the other end of its connection, as one more entry of
 * `X-Forwarded-For`. Next shows the connection to nobody, and of its own accord names its address only when the
 * request brought no such header: one that is forged would stand alone.
 */
export function noteAddresses() {
  subscribe("http.server.request.start", (message) => {
    if (!isStart(message)) return;
    const { headers, socket } = message.request;
    const given = headers["x-forwarded-for"];
    headers["x-forwarded-for"] = [...(given ? [given] : []), socket.remoteAddress ?? "unknown"].join(", ");
  });
}

/**
 * Who a limit is counted for: the address that the outermost of our own proxies was called from, or without proxies
 * the other end of the connection. What stands further to the left was written by the caller. One person
 * may have all of an IPv6 network of 64 bits, so that counts as one.
 */
export function clientAddress(headers: Headers): string {
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  return networkOf(hops.at(-1 - env().TRUSTED_PROXIES) ?? hops[0] ?? "");
}

function networkOf(hop: string): string {
  const address = hop
    .replace(/^\[([^\]]*)\](:\d+)?$/, "$1")
    .replace(/^::ffff:(?=[\d.]+$)/i, "")
    .replace(/^([\d.]+):\d+$/, "$1");
  if (isIP(address) !== 6) return isIP(address) === 4 ? address : "unknown";
  const [left = "", right] = address.replace(/%.*$/, "").toLowerCase().split("::");
  const start = left ? left.split(":") : [];
  const end = right ? right.split(":") : [];
  // An IPv4 address at the end stands for two groups.
  const count = start.length + end.length + (address.includes(".") ? 1 : 0);
  const groups = right === undefined ? start : [...start, ...Array<string>(8 - count).fill("0"), ...end];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

function isStart(message: unknown): message is { request: IncomingMessage } {
  return typeof message === "object" && message !== null && "request" in message;
}
