import { type ComponentType, useCallback, useState } from "react";
import type { Picture } from "@/components/prediction/picture";
import type { FeedViewerProps } from "./feed-viewer";

/** Which picture is open, and the viewer that shows it: fetched when the first one is opened. */
export function useViewer() {
  const [Viewer, setViewer] = useState<ComponentType<FeedViewerProps> | null>(null);
  const [opened, setOpened] = useState<string | null>(null);

  const open = useCallback(async ({ key, src }: Picture) => {
    const file = await import("./feed-viewer").catch(() => null);
    // As the link would have done without us.
    if (!file) return location.assign(src);
    setViewer(() => file.FeedViewer);
    setOpened(key);
  }, []);

  return { Viewer, opened, open: useCallback((picture: Picture) => void open(picture), [open]), setOpened };
}
