/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  // The tests check the types themselves.
  typescript: { ignoreBuildErrors: process.env.SKIP_TYPE_CHECK === "1" },
  // Next's badge would cover the account button.
  devIndicators: false,
  // Next's image optimizer is off, because it would not check who may see an image. /api/media checks this and serves the images.
  images: { unoptimized: true, remotePatterns: [], localPatterns: [] },
  serverExternalPackages: ["sharp"],
  // These files are read when a page needs them.
  outputFileTracingIncludes: { "/**": ["./content/*.md"] },
  turbopack: { resolveAlias: { "../createLucideIcon.mjs": "./components/ui/create-lucide-icon.tsx" } },
};
