import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Process } from "../support/process";
import { startNext } from "../support/services";
import { findFreePort } from "../../sandbox/start/ports";
import { createUser } from "../support/users";
import { PLANTED, planted } from "../../scripts/planted-fake-secrets.ts";
import { stack } from "./support/send-request";
import { addFigures } from "./support/figures";
import { listFiles } from "./support/files-in";
import { studioPages } from "./support/pages";
import { findSecrets, listSecrets } from "./support/secrets";
import { signDelivery } from "./support/sign";

const user = await createUser(stack);
const secrets = listSecrets(stack);
const delivery = JSON.stringify({
  id: "5kq8m2v7n9rma0cattack00009",
  status: "starting",
  created_at: "2026-11-21T12:00:00Z",
});
let broken: Process;
let brokenUrl: string;

// Starts an app that cannot connect to Supabase and Replicate. So every request fails, and the app logs every failure.
beforeAll(async () => {
  const [port, closedPort] = await Promise.all([findFreePort(), findFreePort()]);
  const gone = `http://127.0.0.1:${closedPort}`;
  broken = await startNext(["start"], port, {
    ...stack.env,
    NEXT_PUBLIC_SUPABASE_URL: gone,
    REPLICATE_API_BASE_URL: `${gone}/v1`,
    APP_URL: `http://localhost:${port}`,
  });
  brokenUrl = `http://localhost:${port}`;
});
afterAll(() => broken?.kill("SIGTERM"));

test("R21 a build made with all secrets in its environment contains none of them", () => {
  // This file exists if the test scripts have made the build, with fake secrets in the environment.
  expect(existsSync(PLANTED)).toBe(true);
  const files = listFiles(".next").filter((path) => !/^\.next\/(cache|dev|trace)/.test(path));
  const found = files.flatMap((path) => {
    const text = readFileSync(path, "latin1");
    return Object.entries(planted).flatMap(([name, value]) => (text.includes(value) ? [`${name} in ${path}`] : []));
  });
  addFigures(stack, "R21", { "files of the build": files.length, "secrets in them": found.length });
  expect(found).toEqual([]);
});

test("R21 the build has no source maps for browsers", () => {
  expect(listFiles(".next/static").filter((path) => path.endsWith(".map"))).toEqual([]);
});

test("R21 when everything fails, answers and log contain no secret and no user data", async () => {
  const json = { "content-type": "application/json" };
  const body = JSON.stringify({ input: { prompt: "a private thought" } });
  const endpoints: [path: string, init?: RequestInit][] = [
    ["/api/replicate", { method: "POST", headers: { ...json, ...user.bearer }, body }],
    ["/api/replicate", { headers: user.bearer }],
    ["/api/replicate?status=active", { headers: user.cookie }],
    [`/api/replicate/${randomUUID()}`, { headers: user.bearer }],
    [`/api/media/${randomUUID()}`, { headers: user.bearer }],
    [`/api/media/${randomUUID()}`],
    ["/api/replicate/webhook", { method: "POST", headers: signDelivery({ body }), body }],
    [
      `/api/replicate/webhook?prediction=${randomUUID()}`,
      { method: "POST", headers: signDelivery({ body: delivery }), body: delivery },
    ],
    ["/api/cron/sweep", { method: "POST", headers: { authorization: `Bearer ${stack.env.CRON_SECRET}` } }],
    ["/api/health/ready"],
    ...[...studioPages, "/login"].map((path): [string, RequestInit] => [path, { headers: user.cookie }]),
  ];
  const answers = await Promise.all(
    endpoints.map(async ([path, init]) => {
      const response = await fetch(brokenUrl + path, { redirect: "manual", ...init });
      return { path, status: response.status, headers: response.headers, text: await response.text() };
    }),
  );
  const troubles = answers.flatMap(({ path, status, headers, text }) => {
    const isProblem = headers.get("content-type") === "application/problem+json";
    // The health routes respond in a format of their own, not with `application/problem+json`.
    const isBare = status >= 500 && /^\/api\/(?!health)/.test(path) && !isProblem;
    const [inside] = /ECONNREFUSED|fetch failed|node_modules|\bat \w+ \(|127\.0\.0\.1/.exec(text) ?? [];
    const told = findSecrets(`${JSON.stringify([...headers])}${text}`, secrets);
    return [...told, ...(inside ? [inside] : []), ...(isBare ? ["no envelope"] : [])].map((what) => `${path}: ${what}`);
  });
  expect(troubles).toEqual([]);
  const failures = answers.filter(({ status }) => status >= 500).length;
  expect(failures).toBeGreaterThan(8);
  addFigures(stack, "R21", { "failures provoked": failures });

  const log = broken.output();
  expect(log).toContain("db_unavailable");
  expect(findSecrets(log, secrets)).toEqual([]);
  for (const words of [user.accessToken, user.email, user.id, "a private thought", user.cookie.Cookie.slice(20, 80)]) {
    expect(log).not.toContain(words);
  }
});

test("every package is locked to a checksum and the registry, and runs no install script", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
  const locked = Object.entries(packages).filter(([path]) => path !== "");
  const loose = locked.filter(
    ([, { integrity, resolved }]) => !integrity?.startsWith("sha512-") || resolved !== undefined,
  );
  expect(locked.length).toBeGreaterThan(100);
  expect(loose.map(([path]) => path)).toEqual([]);
  expect(locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([]);
});

/** For each package, the first version without known vulnerabilities that concern this app. */
const MENDED: Record<string, string> = {
  // Earlier versions allow remote code execution (CVE-2025-55182) and denial of service (CVE-2025-67779) with server
  // functions.
  next: "16.0.10",
  react: "19.2.3",
  "react-dom": "19.2.3",
  // Earlier versions contain a libwebp with a heap buffer overflow (CVE-2023-4863).
  sharp: "0.32.6",
};

test("no package, at any depth, is locked to a vulnerable version", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
  const found = Object.entries(packages).map(([path, { version = "0" }]) => ({
    name: path.split("node_modules/").at(-1) ?? "",
    version,
  }));
  for (const [name, first] of Object.entries(MENDED)) {
    const versions = found.filter((each) => each.name === name).map(({ version }) => version);
    expect([name, versions.length > 0]).toEqual([name, true]);
    expect(versions.filter((version) => version.localeCompare(first, "en", { numeric: true }) < 0)).toEqual([]);
  }
});

type Locked = { version?: string; integrity?: string; resolved?: string; hasInstallScript?: boolean };
