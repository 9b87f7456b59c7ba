"use client";

import { createContext, type ReactNode, useContext } from "react";
import { modelNameOf } from "@/lib/models/ref";

const Titles = createContext<Record<string, string>>({});

/**
 * `titles`: the titles of the featured models, by `owner/name`. They are sent with the page, so that the scripts need not contain
 * them.
 */
export function ModelTitlesProvider({ titles, children }: { titles: Record<string, string>; children: ReactNode }) {
  return <Titles value={titles}>{children}</Titles>;
}

/**
 * Returns a function that returns the title of a model. It works like `modelTitle` in lib/models/catalog.ts, but also in the
 * browser.
 */
export function useModelTitle(): (model: string) => string {
  const titles = useContext(Titles);
  return (model) => {
    const name = modelNameOf(model);
    return (Object.hasOwn(titles, name) && titles[name]) || name.slice(name.indexOf("/") + 1);
  };
}
