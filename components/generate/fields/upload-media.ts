// This file is loaded on the first upload.

import { nameInWords, plural } from "@/components/ui/format";
import { announce } from "@/components/ui/live-region";
import { acceptsFile } from "@/lib/models/inputs/accepted-files";
import { otherFile, withArticle } from "@/lib/media/kinds";
import { nounOfInput } from "@/lib/models/inputs/file-noun";
import type { FileType } from "@/lib/models/inputs/takes-and-makes";
import type { MediaKind } from "@/lib/media/schema";
import { fitImage } from "./files/fit-image";
import { kindOfFile } from "./files/kind-of-file";
import { sendFile } from "./files/send-file";
import type { MediaChoice } from "./media-choice";

/**
 * A file that is being uploaded. `preview`: a URL of the image; empty for any other file. `share`: how much of the file was sent
 * (0 to 1); null if this is not known.
 */
export type Sending = { name: string; preview: string; share: number | null };

export type UploadAction =
  | { type: "sending"; sending: Sending }
  | { type: "added"; choice: MediaChoice }
  /** All files are uploaded, or have failed. */
  | { type: "sent"; problem: string | null };

type UploadOptions = {
  /** The kind of files that the field takes. */
  takes: FileType | undefined;
  /** Whether several files can be chosen. */
  isList: boolean;
  /** How many files can be chosen at most. */
  max: number;
  /** Cancels the uploads. */
  signal: AbortSignal;
  /** Returns how many more files can be chosen at this moment. */
  room: () => number;
  dispatch: (action: UploadAction) => void;
};

/** Uploads files one by one, so that they stay in order. Adds each file to the chosen files. Reports all failures at the end. */
export async function uploadMedia(files: File[], { takes, isList, max, signal, room, dispatch }: UploadOptions) {
  const noun = nounOfInput(takes);
  const problems: string[] = [];
  const isFull = room() < 1;
  const wanted = files.slice(0, Math.max(0, room()));
  let added = 0;
  let omitted = files.length - wanted.length;
  for (const file of wanted) {
    const preview = kindOfFile(file) === "image" ? URL.createObjectURL(file) : "";
    const onProgress = (share: number | null) =>
      dispatch({ type: "sending", sending: { name: file.name, preview, share } });
    onProgress(null);
    const result = await uploadFile(file, { takes, signal, onProgress });
    URL.revokeObjectURL(preview);
    if (signal.aborted) break;
    if ("problem" in result) {
      problems.push(isList && files.length > 1 ? `${file.name}: ${result.problem}` : result.problem);
    } else if (room() < 1) {
      // The user has chosen other files during the upload, so there is no room left for this file.
      omitted += 1;
    } else {
      dispatch({ type: "added", choice: result.choice });
      added += 1;
    }
  }
  if (isFull) problems.push(`At most ${max} ${noun}s can be chosen. Remove one first.`);
  else if (isList && omitted > 0) {
    problems.push(`${omitted} of ${files.length} ${noun}s were not added: at most ${max} can be chosen.`);
  }
  const problem = problems.join(" ") || null;
  dispatch({ type: "sent", problem });
  const done = added > 1 ? `${plural(added, noun)} added` : added === 1 ? `${nameInWords(noun)} added` : null;
  announce([done, signal.aborted ? "Upload canceled" : null, problem].filter(Boolean).join(". "));
}

type FileOptions = Pick<UploadOptions, "takes" | "signal"> & { onProgress: (share: number) => void };

/** Converts an image to what models accept (see files/fit-image.ts), and uploads the file. */
export async function uploadFile(
  file: File,
  { takes, signal, onProgress }: FileOptions,
): Promise<{ choice: MediaChoice } | { problem: string }> {
  const refuse = (kind: MediaKind, contentType?: string) => {
    const wanted = `This setting takes ${withArticle(nounOfInput(takes))}`;
    return {
      problem:
        kind === "file" ? `${wanted}. This file is something else.` : `${wanted}, not ${otherFile(kind, contentType)}.`,
    };
  };
  const kind = kindOfFile(file);
  if (kind && !acceptsFile(takes, { kind })) return refuse(kind);
  const fit = await fitImage(file, takes === "image" || takes === "mask");
  if ("problem" in fit) return fit;
  const sent = await sendFile(fit.file, { signal, onProgress });
  if ("problem" in sent || !sent.choice.kind) return sent;
  // The kind is checked again, because the server recognizes it from the bytes, while the browser knew only the name and the
  // type.
  const { kind: found, content_type = "" } = sent.choice;
  return acceptsFile(takes, { kind: found, content_type }) ? sent : refuse(found, content_type);
}
