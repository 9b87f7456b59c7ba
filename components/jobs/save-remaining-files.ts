// This file is loaded on demand: see use-job-actions.ts.

import { announce } from "@/components/ui/live-region";
import { readPrediction } from "./api";
import type { JobStore } from "./job-store";
import { sendUntilResponse } from "./submit-request";

/** Saves the remaining files of a prediction with too many files, of which only the first ones were saved. */
export async function saveRemainingFiles(store: JobStore, id: string) {
  const response = await sendUntilResponse(() => fetch(`/api/replicate/${id}/save`, { method: "POST" }));
  if (response.ok) store.apply({ type: "seen", predictions: [await readPrediction(response)] });
  else announce("The rest could not be saved. Try again.");
}
