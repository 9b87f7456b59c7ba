import ipaddr from "ipaddr.js";

/** Azure's own services for its virtual machines. They have an address that looks public. */
const AZURE = "168.63.129.16";
/** All public IPv6 addresses are in this range. Those outside include IPv4 addresses in other notations. */
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether a text is an IP address on the internet. Addresses of private networks, of this machine and of the services of a cloud
 * are not, and neither are multicast, reserved and translated addresses, such as those of NAT64, 6to4 and Teredo.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast" || address.toString() === AZURE) return false;
  return address instanceof ipaddr.IPv4 || address.match(PUBLIC_IPV6);
}
