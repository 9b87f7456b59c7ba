import { PictureViewer } from "@/components/gallery/picture-viewer";
import type { Picture } from "@/components/prediction/picture";
import type { CardActions } from "./job-card";
import { picturesOfAll } from "./job-pictures";
import type { Job } from "./jobs";
import { ViewerActions } from "./viewer-actions";

type FeedViewerProps = {
  jobs: Job[];
  /** The key of the picture that is open. */
  opened: string | null;
  onChange: (key: string | null) => void;
  actions: CardActions;
};

/** The feed's pictures one at a time, with what can be done with each. */
export function FeedViewer({ jobs, opened, onChange, actions }: FeedViewerProps) {
  const { onRemix, onVary, onUpscale, onUseSeed } = actions;

  function actionsFor(picture: Picture, close: () => void) {
    // What comes of it is looked at in the feed or in the form.
    const closing = (action: () => void) => () => {
      close();
      action();
    };
    const job = jobs.find(({ prediction }) => prediction && picture.key.startsWith(`${prediction.id}/`));
    return (
      <ViewerActions
        picture={picture}
        onVary={job && picture.prompt ? closing(() => onVary(job)) : null}
        onUpscale={onUpscale && picture.id ? closing(() => onUpscale(picture)) : null}
        onUseSeed={(seed) => closing(() => onUseSeed(seed))()}
      />
    );
  }

  return (
    <PictureViewer
      pictures={opened === null ? [] : picturesOfAll(jobs)}
      openKey={opened}
      onChange={onChange}
      onRemix={onRemix}
      actions={actionsFor}
    />
  );
}
