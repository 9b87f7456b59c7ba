import { type ComponentType, useCallback, useEffect, useState } from "react";
import { openPicture, useOpenedPicture } from "./open-picture";
import type { Picture } from "./picture";

/** Which picture is open, and the viewer that shows it: fetched by `load`, always the same, when the first one is opened. */
export function useViewer<Props>(load: () => Promise<ComponentType<Props>>) {
  const [Viewer, setViewer] = useState<ComponentType<Props> | null>(null);
  const opened = useOpenedPicture();
  const isMissing = opened !== null && Viewer === null;

  const open = useCallback(
    async ({ key, src }: Picture) => {
      const loaded = await load().catch(() => null);
      // As the link would have done without us.
      if (!loaded) return location.assign(src);
      setViewer(() => loaded);
      openPicture(key);
    },
    [load],
  );

  // The address named a picture from the beginning.
  useEffect(() => {
    if (!isMissing) return;
    load().then(
      (loaded) => setViewer(() => loaded),
      () => {},
    );
  }, [isMissing, load]);

  return { Viewer, opened, open: useCallback((picture: Picture) => void open(picture), [open]) };
}
