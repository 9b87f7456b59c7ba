import { type Picture, picturesOf } from "@/components/prediction/picture";
import { readPrediction } from "./answers";

/** The pictures of the prediction that a picture's key names; none when there is no such prediction. */
export async function findPictures(key: string): Promise<Picture[]> {
  const id = encodeURIComponent(key.split("/")[0] ?? "");
  const response = await fetch(`/api/replicate/${id}`, { cache: "no-store" });
  if (response.status === 404) return [];
  if (!response.ok) throw new TypeError(`Prediction ${id} answered ${response.status}.`);
  return picturesOf(await readPrediction(response));
}
