/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  // The test script checks the types in a step of its own, so its build leaves out this check.
  typescript: { ignoreBuildErrors: process.env.SKIP_TYPE_CHECK === "1" },
  // Turbopack's cache makes the next build faster, but writing it takes a quarter of the processor time of a build.
  experimental: { turbopackFileSystemCacheForBuild: process.env.SKIP_BUILD_CACHE !== "1" },
  // Next's development badge would cover the account button.
  devIndicators: false,
  // Next's image optimizer is off, because it would not check who may see an image. /api/media checks this and serves the images.
  images: { unoptimized: true, remotePatterns: [], localPatterns: [] },
  serverExternalPackages: ["sharp"],
  // The server reads these files at run time, so a deployment must include them.
  outputFileTracingIncludes: { "/**": ["./content/*.md"] },
  turbopack: { resolveAlias: { "../createLucideIcon.mjs": "./components/ui/create-lucide-icon.tsx" } },
};
