import type { ReactNode } from "react";
import { ModelTitlesProvider } from "@/components/jobs/model-titles";

/** Gives the components the title of a model, as the layout of the dashboard does. */
export function WithTitles({ children }: { children: ReactNode }) {
  return <ModelTitlesProvider titles={{ "stability-ai/sdxl": "Stable Diffusion XL" }}>{children}</ModelTitlesProvider>;
}
