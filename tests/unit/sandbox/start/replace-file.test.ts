import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { replaceFile } from "../../../../sandbox/start/replace-file";

const newFolder = () => mkdtempSync(join(tmpdir(), "darkroom-replace-"));

test("a file is replaced as a whole, and only its owner can read it", () => {
  const folder = newFolder();
  const path = join(folder, "secrets.json");
  replaceFile(path, "a long earlier text");
  replaceFile(path, "short");
  expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["short", 0o600]);
});

test("a failed write leaves no unfinished file", () => {
  const folder = newFolder();
  // A folder cannot be replaced by a file.
  mkdirSync(join(folder, "env"));
  expect(() => replaceFile(join(folder, "env"), "text")).toThrow("EISDIR");
  expect(readdirSync(folder)).toEqual(["env"]);
});
