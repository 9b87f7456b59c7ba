import type { OwnerViewerProps } from "@/components/viewer/owner-viewer";
import type { MediaItem } from "@/components/media/item";
import type { CardActions } from "./job-card";
import type { Job } from "@/components/jobs/job";
import { JobsViewer } from "@/components/viewer/jobs-viewer";
import { ViewerActions } from "@/components/viewer/viewer-actions";

type FeedViewerProps = Pick<OwnerViewerProps, "openKey" | "onStep" | "changes"> & { jobs: Job[]; actions: CardActions };

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
