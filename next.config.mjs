/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  // The tests check the types themselves.
  typescript: { ignoreBuildErrors: process.env.SKIP_TYPE_CHECK === "1" },
  // Next's badge would cover the account button.
  devIndicators: false,
  // /api/media serves the images and checks who may see them. The optimizer would not check this.
  images: { unoptimized: true, remotePatterns: [], localPatterns: [] },
  serverExternalPackages: ["sharp"],
  turbopack: { resolveAlias: { "../createLucideIcon.mjs": "./components/ui/create-lucide-icon.tsx" } },
};
