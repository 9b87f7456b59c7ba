import { OwnViewer, type OwnViewerProps } from "@/components/gallery/own-viewer";
import { pictureOfJob } from "@/components/prediction/kept-picture";
import { findPictures } from "./find-pictures";
import { picturesOfAll } from "./job-pictures";
import type { Job } from "./jobs";

type JobsViewerProps = Omit<OwnViewerProps, "pictures" | "find" | "pictureOf"> & { jobs: Job[] };

/** The pictures of jobs one at a time, with what can be done with each. */
export function JobsViewer({ jobs, ...props }: JobsViewerProps) {
  return <OwnViewer pictures={picturesOfAll(jobs)} find={findPictures} pictureOf={pictureOfJob} {...props} />;
}
