import { sendFile } from "@/components/generate/fields/files/send-file";
import { writeWords } from "@/components/jobs/words/write-words";

type Options = { owner: string; onOffline: () => void; signal: AbortSignal };

/**
 * Uploads a recording and asks a model to transcribe it. Returns the words, or a message that says why there are none. The server
 * deletes the upload when the prediction has ended. If no prediction was started, this function deletes the upload. An abort
 * cancels the prediction, or deletes the upload if there is no prediction.
 */
export async function transcribe(
  recording: File,
  { owner, onOffline, signal }: Options,
): Promise<{ text: string } | { message: string }> {
  // An abort does not stop the upload. After an abort, the uploaded recording must be deleted, and only the response to the
  // upload contains the path of the recording.
  const sent = await sendFile(recording, { signal: new AbortController().signal, onProgress: () => {} });
  if ("problem" in sent) {
    return { message: navigator.onLine ? sent.problem : "You are offline. Try again when you are online." };
  }
  /**
   * A DELETE request to this path removes the recording. At first, it is the path of the upload. When there is a prediction, it
   * is the path of the prediction: the request then cancels the prediction, and the server deletes the upload.
   */
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
