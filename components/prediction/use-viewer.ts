import { type ComponentType, useCallback, useState } from "react";
import type { Picture } from "./picture";

/** Which picture is open, and the viewer that shows it: fetched by `load`, always the same, when the first one is opened. */
export function useViewer<Props>(load: () => Promise<ComponentType<Props>>) {
  const [Viewer, setViewer] = useState<ComponentType<Props> | null>(null);
  const [opened, setOpened] = useState<string | null>(null);

  const open = useCallback(
    async ({ key, src }: Picture) => {
      const loaded = await load().catch(() => null);
      // As the link would have done without us.
      if (!loaded) return location.assign(src);
      setViewer(() => loaded);
      setOpened(key);
    },
    [load],
  );

  return { Viewer, opened, open: useCallback((picture: Picture) => void open(picture), [open]), setOpened };
}
