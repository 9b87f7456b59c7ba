/** Imports that the layers forbid. */
const imports: [what: string, path: string, specifier: string][] = [
  ["a page importing the sandbox", "app/a/page.tsx", "@/sandbox/start"],
  ["the proxy importing the sandbox", "proxy.ts", "./sandbox/start"],
  ["lib importing a page", "lib/media/a.ts", "@/app/a/page"],
  ["lib importing a component", "lib/media/b.ts", "@/components/ui/button"],
  ["images importing predictions", "lib/media/c.ts", "@/lib/predictions/create"],
  ["images importing models", "lib/media/d.ts", "@/lib/models/resolve"],
  ["predictions importing words", "lib/predictions/a.ts", "@/lib/words/start"],
  ["replicate importing predictions", "lib/replicate/a.ts", "@/lib/predictions/create"],
  ["replicate importing supabase", "lib/replicate/b.ts", "@/lib/supabase/user-client"],
  ["env importing supabase", "lib/env.ts", "./supabase/server"],
  ["a way around by a relative path", "lib/media/e.ts", "../predictions/create"],
  ["a longer way around", "lib/media/f.ts", "./../predictions/create"],
  ["the Replicate package outside its folder", "lib/models/a.ts", "replicate"],
  ["the Supabase package outside its folder", "lib/models/b.ts", "@supabase/supabase-js"],
  ["the Supabase package in a page", "app/d/page.tsx", "@supabase/ssr"],
  ["a component importing a page's action", "components/c.tsx", "@/app/dashboard/set-theme-and-sign-out"],
  ["a component importing zod", "components/d.tsx", "zod"],
  ["a feature importing another", "components/gallery/a.tsx", "@/components/history/history"],
  ["a feature importing Generate", "components/history/a.tsx", "@/components/generate/feed/feed"],
  ["Generate importing another feature", "components/generate/feed/a.tsx", "@/components/gallery/gallery"],
  ["the shell importing a feature", "components/shell/a.tsx", "@/components/models/model-card"],
  ["the viewer importing the shell", "components/viewer/a.tsx", "@/components/shell/nav"],
  ["jobs importing the viewer", "components/jobs/a.ts", "@/components/viewer/viewer"],
  ["media importing jobs", "components/media/a.ts", "@/components/jobs/job-store"],
  ["ui importing media", "components/ui/a.tsx", "@/components/media/media-item"],
  ["a field importing the composer", "components/generate/fields/a.tsx", "@/components/generate/composer/composer"],
  ["the composer importing the feed", "components/generate/composer/a.tsx", "@/components/generate/feed/feed"],
  ["the feed importing the studio", "components/generate/feed/b.tsx", "@/components/generate/studio"],
  ["a field importing a page's action", "components/generate/fields/b.tsx", "@/app/dashboard/set-theme-and-sign-out"],
];

const importViolations = imports.map(([what, path, specifier]) => ({
  what,
  path,
  rule: "no-restricted-imports",
  code: `import "${specifier}";\n`,
}));

const code: [what: string, path: string, rule: string, code: string][] = [
  [
    "a type from the sandbox",
    "lib/auth.ts",
    "no-restricted-imports",
    'import type { A } from "@/sandbox/a"; export type B = A;',
  ],
  [
    "a component importing a query",
    "components/a.tsx",
    "component-imports",
    'import { a } from "@/lib/media/list"; a();',
  ],
  [
    "a component importing a schema's values",
    "components/b.tsx",
    "component-imports",
    'import { Image } from "@/lib/media/schema"; void Image;',
  ],
  [
    "the bucket outside its folder",
    "lib/media/h.ts",
    "no-restricted-properties",
    'export const a = (b: { storage: { from: (name: string) => void } }) => b.storage.from("images");',
  ],
  ["reading the environment", "lib/b.ts", "no-restricted-properties", "export const a = process.env.A;"],
  [
    "reading the environment in pieces",
    "app/b/page.tsx",
    "no-restricted-properties",
    "const { env } = process; void env;",
  ],
  [
    "an error response by hand",
    "app/api/a/route.ts",
    "no-error-response",
    "export const GET = () => Response.json({}, { status: 404 });",
  ],
  [
    "a computed error response",
    "app/api/b/route.ts",
    "no-error-response",
    "export const GET = (a: Response) => new Response(null, { status: a.status });",
  ],
  [
    "a file with a secret that is not server-only",
    "lib/media/g.ts",
    "server-only",
    'import { env } from "@/lib/env"; void env;',
  ],
  [
    "the admin client in a page",
    "app/e/page.tsx",
    "no-admin-client",
    'import { adminClient } from "@/lib/supabase/admin-client"; adminClient();',
  ],
  [
    "the admin client in an unlisted file of lib",
    "lib/predictions/admin.ts",
    "no-admin-client",
    'import { adminClient } from "@/lib/supabase/admin-client"; adminClient();',
  ],
  [
    "the admin client beside its own file",
    "lib/supabase/other.ts",
    "no-admin-client",
    'import { adminClient } from "./admin-client"; adminClient();',
  ],
  ["a barrel", "lib/models/index.ts", "no-barrel", 'export * from "./fields";'],
  ["a barrel of names", "components/index.ts", "no-barrel", 'export { A } from "./a";'],
  ["a client page", "app/c/page.tsx", "no-use-client", '"use client"; export const a = 1;'],
  ["any", "lib/c.ts", "no-explicit-any", "export function a(b: any) { void b; }"],
  ["a value taken out of any", "lib/d.ts", "no-unsafe-assignment", 'export const a = JSON.parse("1");'],
  ["a non-null assertion", "lib/e.ts", "no-non-null-assertion", "export const a = (b?: string) => b!.length;"],
  ["a type assertion", "lib/f.ts", "consistent-type-assertions", "export const a = (b: unknown) => b as string;"],
  ["an interface", "lib/g.ts", "consistent-type-definitions", "export interface A { a: string }"],
  ["a value import of a type", "lib/h.ts", "consistent-type-imports", 'import { A } from "./g"; export type B = A;'],
  ["a default export", "components/e.tsx", "no-default-export", "export default function A() { return null; }"],
  ["a floating promise", "lib/i.ts", "no-floating-promises", "export function a() { Promise.resolve(1); }"],
  [
    "a promise taken for its value",
    "lib/j.ts",
    "no-misused-promises",
    "export const a = (b: Promise<boolean>) => (b ? 1 : 2);",
  ],
  ["a thrown string", "lib/k.ts", "only-throw-error", 'export function a() { throw "a"; }'],
  [
    "a forgotten case",
    "lib/l.ts",
    "switch-exhaustiveness-check",
    'export function a(b: "a" | "b") { switch (b) { case "a": return 1; } }',
  ],
  ["a file of more than 200 lines", "sandbox/a.ts", "max-lines", "\n".repeat(201)],
  ["an import cycle", "lib/m.ts", "no-cycle", 'import { b } from "./n"; export const a = () => b;'],
  ["the other half of the cycle", "lib/n.ts", "no-cycle", 'import { a } from "./m"; export const b = () => a;'],
  [
    "a conditional hook",
    "components/f.tsx",
    "rules-of-hooks",
    'import { useId } from "react"; export function A({ b }: { b: boolean }) { if (b) useId(); return null; }',
  ],
  [
    "a forgotten dependency",
    "components/g.tsx",
    "exhaustive-deps",
    'import { useEffect } from "react"; export function A({ b }: { b: string }) { useEffect(() => { document.title = b; }, []); return null; }',
  ],
  ["an image without alternative text", "components/h.tsx", "alt-text", 'export const A = () => <img src="/a.png" />;'],
  ["a left-over log line", "lib/o.ts", "no-console", 'console.log("a"); export {};'],
  [
    "a focused test",
    "tests/unit/a.test.ts",
    "no-focused-tests",
    'import { expect, test } from "vitest"; test.only("a", () => expect(1).toBe(1));',
  ],
  [
    "a skipped test",
    "tests/unit/b.test.ts",
    "no-disabled-tests",
    'import { expect, test } from "vitest"; test.skip("a", () => expect(1).toBe(1));',
  ],
  ["a note left for later", "lib/p.ts", "no-warning-comments", "// TODO: later\nexport {};"],
];
const codeViolations = code.map(([what, path, rule, text]) => ({ what, path, rule, code: `${text}\n` }));

export const violations = [...importViolations, ...codeViolations];

/** Files in which lint finds no error. */
export const clean: [path: string, code: string][] = [
  ["lib/errors.ts", "export class AppError extends Error {}\n"],
  ["lib/predictions/status.ts", "export const percent = (part: number) => `${part * 100} %`;\n"],
  [
    "lib/predictions/clean.ts",
    'import "server-only";\nimport { AppError } from "@/lib/errors";\nexport const a = { b: new AppError() } as const;\n',
  ],
  [
    "lib/media/schema.ts",
    'import { z } from "zod";\nexport const Image = z.object({ id: z.uuid() });\nexport type Image = z.infer<typeof Image>;\n',
  ],
  [
    "lib/replicate/client.ts",
    'import "server-only";\nimport Replicate from "replicate";\nexport const client = new Replicate();\n',
  ],
  [
    "components/clean.tsx",
    '"use client";\nimport type { Image } from "@/lib/media/schema";\nimport { percent } from "@/lib/predictions/status";\nexport const A = ({ image }: { image: Image }) => <p>{image.id + percent(1)}</p>;\n',
  ],
  ["app/api/clean/route.ts", "export const GET = () => Response.json({}, { status: 201 });\n"],
  ["sandbox/clean.ts", "export const settings = [1];\nconsole.log(settings);\n"],
  [
    "tests/unit/clean.test.ts",
    'import { expect, test } from "vitest";\nimport { settings } from "@/sandbox/clean";\ntest("a", () => expect(settings as unknown).toBe(1));\n',
  ],
];
