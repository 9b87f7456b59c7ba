// This file is loaded when the user opens the first image.

import { getPrediction } from "@/components/jobs/read-response";
import type { Job } from "@/components/jobs/job";
import { mediaItemsOf, toJobMediaItem } from "@/components/media/media-item";
import { Viewer, type ViewerProps } from "./viewer";

type JobsViewerProps = Omit<ViewerProps, "items" | "find" | "toItem"> & { jobs: Job[] };

export function JobsViewer({ jobs, ...props }: JobsViewerProps) {
  const items = jobs.flatMap(({ prediction }) => (prediction ? mediaItemsOf(prediction) : []));
  return <Viewer items={items} find={findItems} toItem={toJobMediaItem} {...props} />;
}

/**
 * Returns all files of the prediction to which a file belongs. `key` is the key of the file, which begins with the id of the
 * prediction.
 */
async function findItems(key: string) {
  const prediction = await getPrediction(key.split("/")[0] ?? "");
  return prediction ? mediaItemsOf(prediction) : [];
}
