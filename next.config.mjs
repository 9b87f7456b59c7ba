/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  // Next's badge would lie over the account button.
  devIndicators: false,
  // Images come through /api/media; the optimizer would be a second door to them.
  images: { unoptimized: true, remotePatterns: [], localPatterns: [] },
  serverExternalPackages: ["sharp"],
};
