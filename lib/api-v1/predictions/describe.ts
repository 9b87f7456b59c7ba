import "server-only";
import { toReplicatePrediction, type ApiV1Prediction } from "@/lib/api-v1/predictions/serialize";
import type { PredictionRow } from "@/lib/predictions/rows";
import { listInputFiles } from "./queries";

/** Returns a prediction in the format of Replicate's API. All its URLs are on `origin`. */
export async function describePrediction(row: PredictionRow, origin: string): Promise<ApiV1Prediction> {
  return toReplicatePrediction(row, await listInputFiles(row.user_id, [row]), origin);
}
