import { OwnViewer, type OwnViewerProps } from "@/components/gallery/own-viewer";
import { toJobMediaItem } from "@/components/prediction/kept-picture";
import { findItemsOfJob } from "./find-pictures";
import { mediaItemsOfJobs } from "./job-pictures";
import type { Job } from "./jobs";

type JobsViewerProps = Omit<OwnViewerProps, "items" | "find" | "toMediaItem"> & { jobs: Job[] };

/** The images of jobs one at a time, with what can be done with each. */
export function JobsViewer({ jobs, ...props }: JobsViewerProps) {
  return <OwnViewer items={mediaItemsOfJobs(jobs)} find={findItemsOfJob} toMediaItem={toJobMediaItem} {...props} />;
}
