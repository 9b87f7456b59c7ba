import { OwnerViewer, type OwnerViewerProps } from "@/components/viewer/owner-viewer";
import { toJobMediaItem } from "@/components/media/item";
import { findItemsOfJob } from "@/components/jobs/find-items";
import { mediaItemsOfJobs } from "@/components/jobs/job-media";
import type { Job } from "@/components/jobs/job";

type JobsViewerProps = Omit<OwnerViewerProps, "items" | "find" | "toMediaItem"> & { jobs: Job[] };

/** The images of jobs one at a time, with what can be done with each. */
export function JobsViewer({ jobs, ...props }: JobsViewerProps) {
  return <OwnerViewer items={mediaItemsOfJobs(jobs)} find={findItemsOfJob} toMediaItem={toJobMediaItem} {...props} />;
}
