import { mkdtempSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openBlobs } from "../../../../../sandbox/replicate/state/blobs";

test("a file that finds no room is written when there is room, and a run only takes longer", async () => {
  const blobs = openBlobs(mkdtempSync(join(tmpdir(), "darkroom-blobs-")));
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  const write = vi.spyOn(fs, "writeFile").mockRejectedValueOnce(full);
  syncBuiltinESMExports();
  onTestFinished(() => {
    write.mockRestore();
    syncBuiltinESMExports();
  });
  await blobs.put("key", new TextEncoder().encode("image"));
  expect(write).toHaveBeenCalledTimes(2);
  expect(new TextDecoder().decode((await blobs.get("key")) ?? undefined)).toBe("image");
});
