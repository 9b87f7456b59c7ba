import { type ComponentType, useCallback, useEffect, useState } from "react";
import { openItem, useOpenItem } from "./open-in-address";
import type { MediaItem } from "./item";

/** Which image is open, and the viewer that shows it: fetched by `load`, always the same, when the first one is opened. */
export function useViewer<Props>(load: () => Promise<ComponentType<Props>>) {
  const [Viewer, setViewer] = useState<ComponentType<Props> | null>(null);
  const opened = useOpenItem();
  const isMissing = opened !== null && Viewer === null;

  const open = useCallback(
    async ({ key, src }: MediaItem) => {
      const loaded = await load().catch(() => null);
      // As the link would have done without us.
      if (!loaded) return location.assign(src);
      setViewer(() => loaded);
      openItem(key);
    },
    [load],
  );

  // The address named an image from the beginning.
  useEffect(() => {
    if (!isMissing) return;
    load().then(
      (loaded) => setViewer(() => loaded),
      () => {},
    );
  }, [isMissing, load]);

  return { Viewer, opened, open: useCallback((item: MediaItem) => void open(item), [open]) };
}
