import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Writes a file that only its owner can read. An existing file is replaced in one step. If the disk is full, throws and leaves
 * the existing file unchanged.
 */
export function replaceFile(path: string, text: string): void {
  const unfinished = `${path}.new`;
  try {
    writeFileSync(unfinished, text, { mode: 0o600 });
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
