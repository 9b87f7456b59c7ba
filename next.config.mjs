/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  // Next's badge would cover the account button.
  devIndicators: false,
  // /api/media serves the images and checks who may see them. The optimizer would not check this.
  images: { unoptimized: true, remotePatterns: [], localPatterns: [] },
  serverExternalPackages: ["sharp"],
  // These files are read when a page needs them.
  outputFileTracingIncludes: { "/**": ["./content/*.md"] },
  turbopack: { resolveAlias: { "../createLucideIcon.mjs": "./components/ui/create-lucide-icon.tsx" } },
};
