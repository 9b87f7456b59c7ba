// This file is loaded when the user first asks a model to write words, for example to improve a prompt.

import { getPrediction, readPrediction, readProblem } from "@/components/jobs/read-response";
import { explainFailure } from "@/components/jobs/explain-failure";
import { explainRejection } from "@/components/jobs/explain-rejection";
import { retryPause, waitOrUntilOnline } from "@/components/jobs/retry-pause";
import { newKey, sendUntilResponse, startHeaders } from "@/components/jobs/submit-request";
import { readOutputData } from "@/components/media/output-data";
import { isRecord } from "@/components/ui/is-record";
import type { Prediction } from "@/lib/predictions/schema";
import { isFinished } from "@/lib/predictions/status";
import type { NewWords } from "@/lib/words/schema";
import { readOutputStream } from "./read-output-stream";

type Options = {
  /** The user for whom the page was loaded. */
  owner?: string;
  /** True to get a new text, even if the same request was answered in the last 24 hours. */
  isFresh?: boolean;
  /** Called with the text so far, each time it has grown. */
  onText?: (text: string) => void;
  /** Called with the id of the prediction, even after an abort. */
  onStart?: (id: string) => void;
  onOffline: () => void;
  signal: AbortSignal;
};

/** After this many failed requests in a row, the result is `lost`. */
const maxFailures = 6;
const lost = { message: "The connection was lost. Try again." };
/** The message for a recording in which the model heard no words. */
export const heardNothing = "No words were heard. Speak a little louder, or closer to the microphone.";

/**
 * Asks a model to write words. Returns the whole text, or a message that says why there is none. After an abort, the caller must
 * ignore the result. But the model continues, and its text is reused if the same request is sent later.
 */
export async function writeWords(words: NewWords, options: Options): Promise<{ text: string } | { message: string }> {
  const { owner, isFresh = false, onStart, onOffline, signal } = options;
  const request = { method: "POST", headers: startHeaders(newKey(), owner), body: JSON.stringify(words) };
  const response = await sendUntilResponse(
    // After an abort, the request is not sent. The error response makes `sendUntilResponse` stop.
    async () => (signal.aborted ? Response.error() : fetch(`/api/words${isFresh ? "?fresh" : ""}`, request)),
    onOffline,
  );
  const started = response.ok ? await readPrediction(response).catch(() => null) : null;
  if (started) onStart?.(started.id);
  if (signal.aborted) return lost;
  if (response.status === 404) return { message: "This image has been deleted." };
  if (!response.ok) {
    const { title, remedy } = explainRejection(await readProblem(response));
    return { message: `${title}. ${remedy}` };
  }
  const finished = started && (await finish(started, options));
  if (!finished) return lost;
  const failure = finished.status === "succeeded" ? null : explainFailure(finished);
  if (failure) return { message: `${failure.title}. ${failure.remedy}` };
  const text = textOf(finished);
  return text
    ? { text }
    : { message: words.task === "transcribe" ? heardNothing : "The model wrote nothing. Try again." };
}

/** Waits until a prediction has finished, even if its stream is interrupted. Returns null if the prediction cannot be read. */
async function finish(started: Prediction, { onText, signal }: Options): Promise<Prediction | null> {
  if (isFinished(started.status)) return started;
  // Without `onText`, for example for a transcript, the stream is not needed.
  if (onText) await streamText(started.id, onText, signal);
  for (let failures = 0; !signal.aborted && failures < maxFailures;) {
    try {
      const prediction = await getPrediction(started.id, signal);
      if (!prediction || isFinished(prediction.status)) return prediction;
      failures = 0;
      const text = textOf(prediction);
      if (text) onText?.(text);
      await waitOrUntilOnline(1000, signal);
    } catch {
      failures += 1;
      await waitOrUntilOnline(retryPause(failures), signal);
    }
  }
  return null;
}

/** Reads the stream until it ends. */
function streamText(id: string, onText: (text: string) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let text = "";
    const onPiece = (piece: string) => {
      text += piece;
      onText(text.trimStart());
    };
    signal.addEventListener("abort", readOutputStream(id, onPiece, resolve));
  });
}

/** Returns the words in the output of a prediction. Removes the quotation marks that some models put around the words. */
function textOf({ tool, output }: Prediction): string {
  if (tool === "transcribe") return readTranscript(output);
  const text = output === null ? "" : readOutputData(output).text.trim();
  return /^["“][^"“”]*["”]$/.test(text) ? text.slice(1, -1).trim() : text;
}

/**
 * Returns the words that a model heard, in one line. The name of the property with the words depends on the model. If no words
 * were spoken, some models return only dots. Then this function returns an empty text.
 */
function readTranscript(output: unknown): string {
  const text = isRecord(output) ? (output.transcription ?? output.text) : output;
  return typeof text === "string" && /[\p{L}\p{N}]/u.test(text) ? text.replace(/\s+/g, " ").trim() : "";
}
