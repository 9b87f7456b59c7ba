"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";

/**
 * Returns a component whose code is fetched after its first render in the browser. The page must work without the code, because
 * fetching may fail. Until the code is fetched, the page shows the result of `renderBefore`. When the code is fetched, `takeOver`
 * can replace some props of the component, for example with what the user has typed in the meantime.
 */
export function lazyAfterLoad<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  renderBefore: (props: Props) => ReactNode = () => null,
  takeOver?: (props: Props) => Partial<Props>,
) {
  let loaded: ComponentType<Props> | null = null;

  return function LazyAfterLoad(props: Props) {
    const [Component, setComponent] = useState(() => loaded);
    const [taken, setTaken] = useState<Partial<Props>>();

    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          setTaken(takeOver?.(props));
          setComponent(() => component);
        },
        () => {},
      );
      // The effect runs only once, so `takeOver` gets the props of the first render. These are also the props with which
      // `renderBefore` has started.
      // oxlint-disable-next-line react-hooks/exhaustive-deps
    }, []);

    return Component ? <Component {...props} {...taken} /> : renderBefore(props);
  };
}

/**
 * Fetches a component when `start` is called. `Part` is null until it is fetched. If fetching fails, `start` can be called
 * again.
 */
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
