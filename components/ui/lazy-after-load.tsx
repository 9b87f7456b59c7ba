"use client";

import { type ComponentType, useEffect, useState } from "react";

/** A component that the page works without: it is fetched once the page has loaded, and renders nothing until then. */
export function lazyAfterLoad<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | null = null;

  return function LazyAfterLoad(props: Props) {
    const [Component, setComponent] = useState(() => loaded);

    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          setComponent(() => component);
        },
        // The page works without it.
        () => {},
      );
    }, []);

    return Component ? <Component {...props} /> : null;
  };
}
