import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { env } from "@/lib/env";

/**
 * Appends the connection's IP address to `X-Forwarded-For` of every request. Next adds the address only if the header is
 * missing, so a client could hide its address with a header of its own.
 */
export function appendConnectionAddresses() {
  subscribe("http.server.request.start", (message) => {
    if (!isRequestStart(message)) return;
    const { headers, socket } = message.request;
    const given = headers["x-forwarded-for"];
    headers["x-forwarded-for"] = [...(given ? [given] : []), socket.remoteAddress ?? "unknown"].join(", ");
  });
}

/**
 * Returns the client's IP address, for limits. With `TRUSTED_PROXIES` proxies of our own, it is the address from which the
 * outermost proxy was called. Without proxies, it is the address of the connection. Addresses further left in `X-Forwarded-For`
 * are not trusted, because the client may have made them up. An IPv6 network of 64 bits counts as one address, because it may
 * belong to one user.
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
  // An IPv6 address may end with an IPv4 address, which takes the place of two groups.
  const count = start.length + end.length + (address.includes(".") ? 1 : 0);
  const groups = right === undefined ? start : [...start, ...Array<string>(8 - count).fill("0"), ...end];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}

function isRequestStart(message: unknown): message is { request: IncomingMessage } {
  return typeof message === "object" && message !== null && "request" in message;
}
