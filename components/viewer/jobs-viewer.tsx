// Loaded when the first image is opened, by feed.tsx and history.tsx.
import { getPrediction } from "@/components/jobs/api";
import type { Job } from "@/components/jobs/job";
import { mediaItemsOf, toJobMediaItem } from "@/components/media/media-item";
import { OwnerViewer, type OwnerViewerProps } from "./owner-viewer";

type JobsViewerProps = Omit<OwnerViewerProps, "items" | "find" | "toItem"> & { jobs: Job[] };

/** The viewer over the images of jobs. */
export function JobsViewer({ jobs, ...props }: JobsViewerProps) {
  const items = jobs.flatMap(({ prediction }) => (prediction ? mediaItemsOf(prediction) : []));
  return <OwnerViewer items={items} find={findItems} toItem={toJobMediaItem} {...props} />;
}

/** The images of the prediction that the key of an image names. */
async function findItems(key: string) {
  const prediction = await getPrediction(key.split("/")[0] ?? "");
  return prediction ? mediaItemsOf(prediction) : [];
}
