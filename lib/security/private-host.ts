import ipaddr from "ipaddr.js";
import { isPublicAddress } from "./public-address.ts";

/**
 * Matches a host name in a private network: this machine, a local network, Tailscale, or a name without a dot, such as that of a
 * container.
 */
const PRIVATE_NAME = /^(localhost|.*\.(localhost|local|internal|lan|test|home\.arpa|ts\.net)|[^.]+)$/;

/** Whether the host of a URL is in a private network. A server on the internet, such as Replicate's, cannot read such a URL. */
export function isPrivateHost(url: string): boolean {
  const host = new URL(url).hostname.replaceAll(/[[\]]/g, "");
  return ipaddr.isValid(host) ? !isPublicAddress(host) : PRIVATE_NAME.test(host);
}

/** Whether the URL leads to this machine: to `localhost` or to a loopback address. */
export function isLoopback(href: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(URL.parse(href)?.hostname ?? "");
}
