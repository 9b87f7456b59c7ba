// Loaded on demand, when the first image is opened.
import { getPrediction } from "@/components/jobs/api";
import type { Job } from "@/components/jobs/job";
import { mediaItemsOf, toJobMediaItem } from "@/components/media/media-item";
import { Viewer, type ViewerProps } from "./viewer";

type JobsViewerProps = Omit<ViewerProps, "items" | "find" | "toItem"> & { jobs: Job[] };

/** The viewer for the images of jobs. */
export function JobsViewer({ jobs, ...props }: JobsViewerProps) {
  const items = jobs.flatMap(({ prediction }) => (prediction ? mediaItemsOf(prediction) : []));
  return <Viewer items={items} find={findItems} toItem={toJobMediaItem} {...props} />;
}

/** Returns all images of a prediction. `key` is the key of one of them. */
async function findItems(key: string) {
  const prediction = await getPrediction(key.split("/")[0] ?? "");
  return prediction ? mediaItemsOf(prediction) : [];
}
