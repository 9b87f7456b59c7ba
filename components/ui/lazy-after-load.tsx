"use client";

import { type ComponentType, useEffect, useState } from "react";

/** A component that is fetched after the page has loaded. The page must work without it: the fetch may fail. */
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
        () => {},
      );
    }, []);

    return Component ? <Component {...props} /> : null;
  };
}
