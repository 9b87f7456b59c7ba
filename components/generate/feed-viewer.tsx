import type { OwnViewerProps } from "@/components/gallery/own-viewer";
import type { MediaItem } from "@/components/prediction/picture";
import type { CardActions } from "./job-card";
import type { Job } from "./jobs";
import { JobsViewer } from "./jobs-viewer";
import { ViewerActions } from "./viewer-actions";

type FeedViewerProps = Pick<OwnViewerProps, "openKey" | "onStep" | "changes"> & { jobs: Job[]; actions: CardActions };

/** The feed's images one at a time. What comes of them is looked at in the feed, or in the form. */
export function FeedViewer({ jobs, actions, ...shared }: FeedViewerProps) {
  const { onRemix, onVary, onUpscale, onUseSeed, onChange, onDelete } = actions;

  function toolsFor(item: MediaItem, close: () => void) {
    const closing = (action: () => void) => () => {
      close();
      action();
    };
    const job = jobs.find(({ prediction }) => prediction && item.key.startsWith(`${prediction.id}/`));
    return (
      <ViewerActions
        item={item}
        onVary={item.prompt ? closing(() => onVary(job?.request ?? item)) : null}
        onUpscale={onUpscale && item.id ? closing(() => onUpscale(item)) : null}
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
