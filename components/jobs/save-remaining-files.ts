// This file is loaded when the user first asks to save the remaining files (see use-jobs.ts).

import { announce } from "@/components/ui/live-region";
import { readPrediction } from "./read-response";
import type { JobStore } from "./job-store";
import { sendUntilResponse } from "./submit-request";

/** Saves the files of a prediction that were left out because there were too many. */
export async function saveRemainingFiles(store: JobStore, id: string) {
  const response = await sendUntilResponse(() => fetch(`/api/replicate/${id}/save`, { method: "POST" }));
  if (response.ok) store.apply({ type: "seen", predictions: [await readPrediction(response)] });
  else announce("The other files could not be saved. Try again.");
}
