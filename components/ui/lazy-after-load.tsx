"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";

/**
 * Returns a component that is fetched after the page has loaded. The page must work without the component, because fetching may
 * fail. Until the component is there, the page shows what `renderBefore` returns.
 */
export function lazyAfterLoad<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  renderBefore: (props: Props) => ReactNode = () => null,
) {
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

    return Component ? <Component {...props} /> : renderBefore(props);
  };
}

/** A component that is fetched when it is needed: after `start`. If that fails, `start` can be called again. */
export function useOnDemand<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const [Part, setPart] = useState<ComponentType<Props> | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const start = () =>
    void load().then(
      (component) => setPart(() => component),
      () => setFailed(true),
    );
  return { Part, hasFailed, start };
}
