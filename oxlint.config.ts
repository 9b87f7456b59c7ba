import { defineConfig, type OxlintConfig } from "oxlint";
import { adminUsers, componentLayers, generateLayers, layers, browserFiles, serverFiles } from "./oxlint.layers.ts";

type Ban = { group: string[]; message: string; allowTypeImports?: boolean };

const sandbox: Ban = {
  group: ["**/sandbox/**"],
  message: "The app must not import the sandbox. The app gets the URLs and keys of the sandbox from the environment.",
};
const upward: Ban = {
  group: ["../**", "./**/../**"],
  message: "Import through `@/`, so that the import rules apply.",
};
const gates: (Ban & { owners: string[] })[] = [
  { group: ["replicate"], owners: ["replicate"], message: "Only lib/replicate talks to Replicate." },
  { group: ["@supabase/*"], owners: ["supabase", "auth"], message: "Only lib/supabase talks to Supabase." },
];
/**
 * Returns the bans for the folder `name`. Each package in `gates` has owners: the folders that may import code from this
 * package. All other folders may import only its types.
 */
const closed = (name: string): Ban[] =>
  gates
    .filter((gate) => !gate.owners.includes(name))
    .map(({ group, message }) => ({ group, message, allowTypeImports: true }));

const environment = { object: "process", property: "env", message: "Only lib/env.ts reads the environment." };
const bucket = { property: "storage", message: "Only lib/media/storage.ts talks to the bucket." };

/**
 * Forbids the imports in `bans` for the files that match `files`. If a file matches in several calls of this function, only
 * the last call applies to this file. So each call must have all bans for its files.
 */
function imports(files: string[], bans: Ban[]) {
  return { files, rules: { "no-restricted-imports": ["error", { patterns: bans }] } } satisfies Override;
}
type Override = NonNullable<OxlintConfig["overrides"]>[number];

/**
 * Returns the import rules for the files and folders of `base`. The rows of `table` name them from top to bottom. Each may import
 * from the rows below its own row, but not from its own row or from a row above. `bansOf` returns more bans for a name.
 */
function downward(base: string, table: string[][], message: string, bansOf: (name: string) => Ban[]) {
  return table.flatMap((row, depth) =>
    row.map((name) => {
      const others = [...table.slice(0, depth).flat(), ...row.filter((peer) => peer !== name)];
      const group = others.flatMap((other) => [
        `@/${base}/${other}`,
        `@/${base}/${other}/**`,
        `./${other}`,
        `./${other}/**`,
      ]);
      const layer = group.length > 0 ? [{ group, message: `${message} See oxlint.layers.ts.` }] : [];
      return imports([`${base}/${name}.{ts,tsx}`, `${base}/${name}/**`], [sandbox, upward, ...layer, ...bansOf(name)]);
    }),
  );
}

const libImports = downward("lib", layers, "A file of lib may import only from lower layers.", (name) => [
  { group: ["@/app/**", "@/components/**"], message: "lib must not import pages, components or hooks." },
  ...closed(name),
]);

const onClient: Ban[] = [
  { group: ["@/app/**"], message: "Components must not import pages. Pass what the component needs as a prop." },
  { group: ["zod", "sharp", "node:*"], message: "This package must not reach the browser." },
  ...closed("components"),
];
const componentImports = downward(
  "components",
  componentLayers,
  "A component may import only from lower layers.",
  () => onClient,
);
const [features = []] = componentLayers;
const otherFeatures = features.filter((name) => name !== "generate").map((name) => `@/components/${name}/**`);
const generateImports = downward(
  "components/generate",
  generateLayers,
  "A part of Generate may import only from lower layers.",
  () => [{ group: otherFeatures, message: "The features in components must not import each other." }, ...onClient],
);

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "react", "jsx-a11y", "nextjs", "promise", "vitest"],
  jsPlugins: ["./oxlint.rules.ts"],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: "error" },
  ignorePatterns: ["node_modules", ".next", ".sandbox", "next-env.d.ts"],
  categories: { correctness: "error" },
  rules: {
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "import/no-duplicates": "error",
    "max-lines": ["error", { max: 200 }],
    "no-restricted-imports": ["error", { patterns: [sandbox] }],
    "no-var": "error",
    "no-warning-comments": "error",
    "prefer-const": "error",
    "react/rules-of-hooks": "error",
    "typescript/ban-ts-comment": "error",
    "typescript/consistent-type-assertions": ["error", { assertionStyle: "never" }],
    "typescript/consistent-type-definitions": ["error", "type"],
    "typescript/consistent-type-imports": "error",
    "typescript/no-deprecated": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-unsafe-argument": "error",
    "typescript/no-unsafe-assignment": "error",
    "typescript/no-unsafe-call": "error",
    "typescript/no-unsafe-member-access": "error",
    "typescript/no-unsafe-return": "error",
    "typescript/only-throw-error": "error",
    "typescript/return-await": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "unicorn/filename-case": ["error", { case: "kebabCase" }],
    "unicorn/prefer-node-protocol": "error",
    // prefer-tag-over-role: live regions are divs with a role on purpose. no-img-element: images come from /api/media, not
    // through next/image.
    "jsx-a11y/prefer-tag-over-role": "off",
    "nextjs/no-img-element": "off",
  },
  overrides: [
    imports(["app/**"], [sandbox, ...closed("app")]),
    imports(["components/**"], [sandbox, upward, ...onClient]),
    ...componentImports,
    ...generateImports,
    {
      files: ["components/**"],
      rules: { "darkroom/component-imports": ["error", { browserFiles: [...browserFiles, ...serverFiles] }] },
    },
    ...libImports,
    {
      files: ["app/**", "components/**", "lib/**", "proxy.ts"],
      excludeFiles: ["lib/env.ts"],
      rules: {
        "no-console": ["error", { allow: ["error", "warn", "info"] }],
        "no-restricted-properties": ["error", environment, bucket],
      },
    },
    { files: ["lib/media/storage.ts"], rules: { "no-restricted-properties": ["error", environment] } },
    {
      files: ["app/**", "lib/**", "proxy.ts"],
      // Files with these two names are excluded, because Next requires them to be client components.
      excludeFiles: ["app/**/error.tsx", "app/**/global-error.tsx"],
      rules: { "darkroom/no-use-client": "error" },
    },
    {
      files: ["app/**", "lib/**"],
      excludeFiles: ["lib/http.ts", "lib/api-v1/route-wrappers.ts", "lib/replicate/**", "app/api/media/**"],
      rules: { "darkroom/no-error-response": "error" },
    },
    { files: ["lib/**", "components/**"], rules: { "darkroom/no-barrel": "error" } },
    { files: ["lib/**"], rules: { "darkroom/server-only": "error" } },
    {
      files: ["app/**", "lib/**", "proxy.ts"],
      excludeFiles: adminUsers,
      rules: { "darkroom/no-admin-client": "error" },
    },
    { files: ["sandbox/**", "scripts/**", "tests/**"], rules: { "no-restricted-imports": "off" } },
    {
      files: ["app/**", "*.config.*", "oxlint.rules.ts", "tests/*/support/setup.ts"],
      rules: { "import/no-default-export": "off" },
    },
    {
      files: ["tests/**"],
      rules: {
        "typescript/consistent-type-definitions": "off",
        "typescript/consistent-type-assertions": "off",
        "typescript/no-non-null-assertion": "off",
        "typescript/no-base-to-string": "off",
        "typescript/no-unsafe-argument": "off",
        "typescript/no-unsafe-assignment": "off",
        "typescript/no-unsafe-call": "off",
        "typescript/no-unsafe-member-access": "off",
        "typescript/no-unsafe-return": "off",
        "typescript/unbound-method": "off",
        "vitest/require-to-throw-message": "off",
      },
    },
  ],
});
