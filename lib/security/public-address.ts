import ipaddr from "ipaddr.js";

/** The address of Azure's own services for its virtual machines, which is not in a reserved range. */
const AZURE = "168.63.129.16";
/**
 * All public IPv6 addresses are in this range. Outside of it are, for example, IPv4 addresses that are written as IPv6 addresses.
 */
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether a text is an IP address on the public internet. Returns false for addresses of private networks, of this machine and of
 * a cloud's own services. Also returns false for multicast, reserved and translated addresses (NAT64, 6to4, Teredo).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast" || address.toString() === AZURE) return false;
  return address instanceof ipaddr.IPv4 || address.match(PUBLIC_IPV6);
}
