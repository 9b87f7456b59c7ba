// Loaded on demand.
import { announce } from "@/components/ui/live-region";
import { readPrediction } from "./api";
import type { JobStore } from "./job-store";
import { sendUntilResponse } from "./submit-request";

/** Saves all files of a prediction, if only the first ones were saved automatically. */
export async function saveRemainingFiles(store: JobStore, id: string) {
  const response = await sendUntilResponse(() => fetch(`/api/replicate/${id}/save`, { method: "POST" }));
  if (response.ok) store.apply({ type: "seen", predictions: [await readPrediction(response)] });
  else announce("The rest could not be saved. Try again.");
}
