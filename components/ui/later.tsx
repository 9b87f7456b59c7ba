"use client";

import { type ComponentType, useEffect, useState } from "react";

/** A component that the page can be used without: it is fetched once the page is there, and until then nothing is drawn. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return function Later(props: Props) {
    const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null);

    useEffect(() => {
      // What does not come is done without.
      load().then(
        (component) => setLoaded(() => component),
        () => {},
      );
    }, []);

    return Loaded ? <Loaded {...props} /> : null;
  };
}
