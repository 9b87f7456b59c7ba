"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";

/**
 * Returns a component that is fetched after the page has loaded. The page must work without the component, because fetching may
 * fail. Until the component is there, the page shows what `renderBefore` returns. `takeOver` returns props that replace those of
 * the page then, such as what the user has typed meanwhile.
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
      // The props of the first render are those of what is shown before.
      // oxlint-disable-next-line react-hooks/exhaustive-deps
    }, []);

    return Component ? <Component {...props} {...taken} /> : renderBefore(props);
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
