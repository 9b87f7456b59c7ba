import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadSecrets } from "../../../../sandbox/start/secrets";

const newFolder = () => mkdtempSync(join(tmpdir(), "darkroom-secrets-"));

test("an installation has the same secrets at each start", () => {
  const dir = newFolder();
  expect(loadSecrets(dir)).toEqual(loadSecrets(dir));
});

test("two installations have different secrets", () => {
  const other = new Set(Object.values(loadSecrets(newFolder())));
  expect(Object.values(loadSecrets(newFolder())).filter((secret) => other.has(secret))).toEqual([]);
});

test("only the owner can read the secrets", () => {
  const dir = join(newFolder(), "new");
  loadSecrets(dir);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(statSync(join(dir, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("a missing secret is added and the others stay", () => {
  const dir = newFolder();
  const { cronSecret, ...older } = loadSecrets(dir);
  writeFileSync(join(dir, "secrets.json"), JSON.stringify(older));
  const newer = loadSecrets(dir);
  expect(newer).toMatchObject(older);
  expect(newer.cronSecret).not.toBe(cronSecret);
  expect(JSON.parse(readFileSync(join(dir, "secrets.json"), "utf8"))).toEqual(newer);
});
