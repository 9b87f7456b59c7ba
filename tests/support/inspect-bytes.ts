import type { SourceFile } from "@/lib/media/formats/format";
import { inspectFile } from "@/lib/media/inspect";

/** Inspects these bytes as a file without a name, whose sender has not said how long the file is. */
export function inspectBytes(bytes: Uint8Array, more: Partial<SourceFile> = {}) {
  const blob = new Blob([new Uint8Array(bytes)]);
  return inspectFile({ blob, hasFullLength: false, extension: null, ...more });
}
