import { useEffect, useState } from "react";
import type { Request } from "@/components/jobs/job";

/** No image that was downloaded here is larger (bytes). */
const largest = 26_214_400;

/** The request that an image was made by, when one that was downloaded here is dropped anywhere on the page. */
export function useDroppedSettings() {
  const [found, setFound] = useState<Request | null>(null);

  useEffect(() => {
    // Without this the browser would leave the page and show the file.
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      const file = [...(event.dataTransfer?.files ?? [])].find(({ type }) => type.startsWith("image/"));
      if (!file || file.size > largest) return;
      event.preventDefault();
      void readFrom(file).then(setFound, () => setFound(null));
    };
    // Not the document: what takes it as an input of the model is asked first.
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("drop", onDrop);
    };
  }, []);

  return { found, forget: () => setFound(null) };
}

async function readFrom(file: File): Promise<Request | null> {
  const [{ readSettings }, bytes] = await Promise.all([import("@/lib/media/embedded-settings"), file.arrayBuffer()]);
  const settings = readSettings(new Uint8Array(bytes));
  if (!settings) return null;
  const { model, input, seed } = settings;
  return { model, input: { ...input, ...(seed === null ? {} : { seed }) } };
}
