/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  // Next's badge would cover the account button.
  devIndicators: false,
  // Images are served by /api/media, which checks who may see them. The optimizer does not.
  images: { unoptimized: true, remotePatterns: [], localPatterns: [] },
  serverExternalPackages: ["sharp"],
};
