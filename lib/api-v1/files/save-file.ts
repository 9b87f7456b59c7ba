import "server-only";
import { withUploadSlot } from "@/lib/limits/request-limits";
import { freeUsedBuffers } from "@/lib/media/free-used-buffers";
import { saveExactly } from "@/lib/media/uploads/save-upload";
import type { UploadRow } from "@/lib/media/schema";
import { processState } from "@/lib/process-globals";
import { receiveFile } from "./receive-file";

/**
 * Receives the file from a request's form (multipart/form-data), and saves it unchanged as an upload of the user. Throws the
 * errors of `receiveFile` and of `saveExactly`.
 */
export async function saveFile(userId: string, request: Request): Promise<UploadRow> {
  return withUploadSlot(userId, async () => {
    const stop = freeUsedBuffers();
    try {
      const { file, name, type, metadata } = await receiveFile(request);
      try {
        return await processState.copyingFiles(() =>
          saveExactly(userId, { ...file, name, contentType: type, metadata }),
        );
      } finally {
        await file.remove();
      }
    } finally {
      stop();
    }
  });
}
