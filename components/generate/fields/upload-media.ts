// Loaded on demand, with the first upload.
import { readProblem } from "@/components/jobs/api";
import { isRecord } from "@/components/ui/is-record";
import { announce } from "@/components/ui/live-region";
import { MAX_UPLOAD_BYTES } from "@/lib/limits/default-limits";

export type UploadAction =
  | { type: "uploading"; preview: string }
  | { type: "added"; path: string }
  /** All files are uploaded, or have failed. */
  | { type: "uploaded"; problem: string | null };

type UploadOptions = {
  /** Whether several images can be chosen, and how many. */
  isList: boolean;
  max: number;
  /** How many more can be chosen at this moment. */
  room: () => number;
  dispatch: (action: UploadAction) => void;
};

/** Uploads files one by one, so that they stay in order. Adds each to the chosen images. Reports all failures at the end. */
export async function uploadMedia(files: File[], { isList, max, room, dispatch }: UploadOptions) {
  const problems: string[] = [];
  const isFull = room() < 1;
  const wanted = files.slice(0, Math.max(0, room()));
  let added = 0;
  let omitted = files.length - wanted.length;
  for (const file of wanted) {
    const preview = URL.createObjectURL(file);
    dispatch({ type: "uploading", preview });
    const result = await uploadFile(file);
    URL.revokeObjectURL(preview);
    if ("problem" in result) {
      problems.push(isList && files.length > 1 ? `${file.name}: ${result.problem}` : result.problem);
    } else if (room() < 1) {
      // Another image was chosen during the upload.
      omitted += 1;
    } else {
      dispatch({ type: "added", path: result.path });
      added += 1;
    }
  }
  if (isFull) problems.push(`At most ${max} images can be chosen. Remove one first.`);
  else if (isList && omitted > 0) {
    problems.push(`${omitted} of ${files.length} images were not added: at most ${max} can be chosen.`);
  }
  const problem = problems.join(" ") || null;
  dispatch({ type: "uploaded", problem });
  const done = added > 1 ? `${added} images added` : added === 1 ? "Image added" : null;
  announce([done, problem].filter(Boolean).join(". "));
}

async function uploadFile(file: File): Promise<{ path: string } | { problem: string }> {
  if (file.size > MAX_UPLOAD_BYTES)
    return { problem: `This image is larger than ${MAX_UPLOAD_BYTES / 1_000_000} MB. Choose a smaller one.` };
  const headers = { "Content-Type": file.type || "application/octet-stream" };
  const response = await fetch("/api/uploads", { method: "POST", headers, body: file }).catch(() => null);
  if (response && !response.ok) return { problem: (await readProblem(response)).detail };
  const body: unknown = await response?.json().catch(() => null);
  const path = isRecord(body) ? body.url : null;
  return typeof path === "string" ? { path } : { problem: "The image could not be uploaded. Try again." };
}
