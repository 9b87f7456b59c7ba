"use client";

import { type ComponentType, useEffect, useState } from "react";

/** A component that the page can be used without: it is fetched once the page is there, and until then nothing is drawn. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let known: ComponentType<Props> | null = null;

  return function Later(props: Props) {
    const [Loaded, setLoaded] = useState(() => known);

    useEffect(() => {
      // What does not come is done without.
      if (!known) {
        load().then(
          (component) => {
            known = component;
            setLoaded(() => component);
          },
          () => {},
        );
      }
    }, []);

    return Loaded ? <Loaded {...props} /> : null;
  };
}
