import "server-only";
import { Resolver } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { callbackify } from "node:util";
import { isPublicAddress } from "@/lib/security/public-address";

/**
 * Resolves host names. `dns.lookup` is not used, because a slow name server would block the few threads that `dns.lookup` shares
 * with the rest of the process.
 */
const resolver = new Resolver({ timeout: 2_000, tries: 2 });

/** Returns the IP addresses of a name, the IPv4 addresses first. */
export type Resolve = (name: string) => Promise<string[]>;

/**
 * Returns a function for the option `lookup` of `https.request`. Node calls it for each connection. It fails unless all
 * addresses of the host name are public. The connection is then made to one of the checked addresses, so a name server cannot
 * send another address after the check.
 */
export function lookupPublicAddress(resolve: Resolve = resolveName): LookupFunction {
  const find = callbackify(requirePublic);
  return (name, { all }, callback) =>
    find(resolve, name, (error, addresses) => {
      if (error) callback(error, "");
      else if (all) callback(null, addresses);
      else callback(null, addresses[0].address, addresses[0].family);
    });
}

type Address = { address: string; family: number };

async function requirePublic(resolve: Resolve, name: string): Promise<[Address, ...Address[]]> {
  const addresses = await resolve(name);
  if (!addresses.every(isPublicAddress)) throw new Error(`${name} leads to a private network.`);
  const [first, ...others] = addresses.map((address) => ({ address, family: isIP(address) }));
  if (!first) throw new Error(`${name} has no IP address.`);
  return [first, ...others];
}

async function resolveName(name: string): Promise<string[]> {
  const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  return found.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
}
