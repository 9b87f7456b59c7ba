import { sendFile } from "@/components/generate/fields/files/send-file";
import { writeWords } from "@/components/jobs/words/write-words";

type Options = { owner: string; onOffline: () => void; signal: AbortSignal };

/**
 * Asks a model to transcribe a recording. Returns the words, or a message that says why there are none. The recording is uploaded
 * for this, and the server deletes it when the prediction has ended. If there is no prediction, it is deleted here. An abort
 * cancels what has been started.
 */
export async function transcribe(
  recording: File,
  { owner, onOffline, signal }: Options,
): Promise<{ text: string } | { message: string }> {
  // An abort does not end the upload, because a recording that has arrived must be deleted.
  const sent = await sendFile(recording, { signal: new AbortController().signal, onProgress: () => {} });
  if ("problem" in sent) {
    return { message: navigator.onLine ? sent.problem : "You are offline. Try again when you are online." };
  }
  /** A DELETE of this path removes the recording. It names the upload or, once there is one, the prediction, whose end removes it. */
  let path = sent.choice.value;
  let isStarted = false;
  let discarded = "";
  function discard() {
    if (discarded === path) return;
    discarded = path;
    fetch(path, { method: "DELETE", keepalive: true }).catch(() => {});
  }
  signal.addEventListener("abort", discard);
  if (signal.aborted) discard();
  const result = await writeWords(
    { task: "transcribe", upload: path.slice(path.lastIndexOf("/") + 1) },
    {
      owner,
      onOffline,
      signal,
      onStart: (id) => {
        path = `/api/replicate/${id}`;
        isStarted = true;
        if (signal.aborted) discard();
      },
    },
  );
  signal.removeEventListener("abort", discard);
  if (!isStarted) discard();
  return result;
}
