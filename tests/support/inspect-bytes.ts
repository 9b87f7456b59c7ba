import type { SourceFile } from "@/lib/media/formats/format";
import { inspectFile } from "@/lib/media/inspect";

/** Inspects these bytes as a file without an extension, whose full length is unknown. `more` can change both. */
export function inspectBytes(bytes: Uint8Array, more: Partial<SourceFile> = {}) {
  const blob = new Blob([new Uint8Array(bytes)]);
  return inspectFile({ blob, hasFullLength: false, extension: null, ...more });
}
