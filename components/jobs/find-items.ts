import { type MediaItem, mediaItemsOf } from "@/components/media/item";
import { readPrediction } from "./api";

/** The images of the prediction that an image's key names; none when there is no such prediction. */
export async function findItemsOfJob(key: string): Promise<MediaItem[]> {
  const id = encodeURIComponent(key.split("/")[0] ?? "");
  const response = await fetch(`/api/replicate/${id}`, { cache: "no-store" });
  if (response.status === 404) return [];
  if (!response.ok) throw new TypeError(`Prediction ${id} answered ${response.status}.`);
  return mediaItemsOf(await readPrediction(response));
}
