"use client";

import { createContext, type ReactNode, useContext } from "react";

/** The model that this installation runs for each tool, by the id of the tool. `describe` is the id for describing images. */
type ToolModels = Record<string, string>;

const Models = createContext<ToolModels>({});

export function ToolModelsProvider({ models, children }: { models: ToolModels; children: ReactNode }) {
  return <Models value={models}>{children}</Models>;
}

export function useToolModels() {
  return useContext(Models);
}
