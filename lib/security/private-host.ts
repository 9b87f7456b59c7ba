/** Addresses and names of private networks: this machine, a local network, a network of containers, Tailscale. */
const PRIVATE = [
  /^(localhost|.*\.(localhost|local|internal|lan|test|home\.arpa|ts\.net))$/,
  /^(0|10|127)(\.\d+){3}$/,
  /^(192\.168|169\.254)(\.\d+){2}$/,
  /^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$/,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}$/,
  /^\[(::1?|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*|::ffff:.*)\]$/,
  // A name without a dot, such as that of a container.
  /^[^.:[\]]+$/,
];

/** Whether the host of a URL is in a private network. A server on the internet, such as Replicate's, cannot read such a URL. */
export function isPrivateHost(url: string): boolean {
  const { hostname } = new URL(url);
  return PRIVATE.some((pattern) => pattern.test(hostname));
}
