import type { OwnViewerProps } from "@/components/gallery/own-viewer";
import type { Picture } from "@/components/prediction/picture";
import type { CardActions } from "./job-card";
import type { Job } from "./jobs";
import { JobsViewer } from "./jobs-viewer";
import { ViewerActions } from "./viewer-actions";

type FeedViewerProps = Pick<OwnViewerProps, "openKey" | "onStep" | "changes"> & { jobs: Job[]; actions: CardActions };

/** The feed's pictures one at a time. What comes of them is looked at in the feed, or in the form. */
export function FeedViewer({ jobs, actions, ...shared }: FeedViewerProps) {
  const { onRemix, onVary, onUpscale, onUseSeed, onChange, onDelete } = actions;

  function toolsFor(picture: Picture, close: () => void) {
    const closing = (action: () => void) => () => {
      close();
      action();
    };
    const job = jobs.find(({ prediction }) => prediction && picture.key.startsWith(`${prediction.id}/`));
    return (
      <ViewerActions
        picture={picture}
        onVary={picture.prompt ? closing(() => onVary(job?.request ?? picture)) : null}
        onUpscale={onUpscale && picture.id ? closing(() => onUpscale(picture)) : null}
        onUseSeed={(seed) => closing(() => onUseSeed(seed))()}
      />
    );
  }

  return (
    <JobsViewer
      jobs={jobs}
      {...shared}
      onChange={onChange}
      onDelete={onDelete}
      upscaler={null}
      onRemix={onRemix}
      tools={toolsFor}
    />
  );
}
