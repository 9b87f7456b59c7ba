// This file is loaded with the page, so it must be small. The first drag or paste loads pass-files-to-field.ts, which handles the
// files.

import { createStore } from "@/components/ui/create-store";
import type { Field } from "@/lib/models/inputs/fields";

/** A media field that receives files. */
export type DropTarget = {
  box: HTMLElement;
  field: Field;
  /** Whether this field gets the file if several fields take it, and the file was not dropped on one of them. */
  isFirst: boolean;
  addPath: (path: string) => void;
  addFiles: (files: File[]) => void;
};

/** One event of a drag, or a paste. While files are dragged, only the type of the first file is known. */
export type Given = {
  step: "over" | "leave" | "drop" | "paste";
  at: EventTarget | null;
  files: File[];
  type: string;
  /** The URL of a dragged image or link. */
  address: string;
};

/**
 * The state of a drag or a paste. `over`: files are dragged over the page, and `target` is the field that would get them.
 * `received`: a file was dropped or pasted. `isTaken`: whether a field has taken the file. At other times, the state is null.
 */
export type DropState = { step: "over"; target: DropTarget | null; type: string } | Received | null;
type Received = { step: "received"; file: File; isTaken: boolean };

export const dropState = createStore<DropState>(null);

const targets = new Set<DropTarget>();
let users = 0;
let listeners = new AbortController();

/** Adds a field that receives files. Returns a function that removes the field. */
export function addTarget(target: DropTarget) {
  targets.add(target);
  const stop = listenForFiles();
  return () => {
    targets.delete(target);
    stop();
  };
}

/** Listens for files on the whole page. Returns a function that ends this, unless another caller still needs it. */
export function listenForFiles() {
  users += 1;
  if (users === 1) listen();
  return () => {
    users -= 1;
    if (users === 0) listeners.abort();
  };
}

function listen() {
  listeners = new AbortController();
  const { signal } = listeners;
  const handle = (given: Given) =>
    void import("./pass-files-to-field").then(
      ({ passFilesToField }) => passFilesToField(given, [...targets]),
      () => {},
    );
  document.addEventListener(
    "paste",
    ({ target, clipboardData: data }) => {
      const isText = data?.types.includes("text/plain");
      if (data && !isText && !document.querySelector("dialog[open]")) handle(read("paste", target, data));
    },
    { signal },
  );
  const onDrag = (step: "over" | "drop") => (event: DragEvent) => {
    const { target, dataTransfer: data } = event;
    const isOnField = target instanceof Element && target.closest("[data-takes-media]");
    if (!data || (!isOnField && !data.types.includes("Files"))) return;
    // Without this, the browser would open the file in place of the page.
    event.preventDefault();
    handle(read(step, target, data));
  };
  document.addEventListener("dragover", onDrag("over"), { signal });
  document.addEventListener("drop", onDrag("drop"), { signal });
  document.addEventListener(
    "dragleave",
    ({ target, relatedTarget }) => {
      // Without a related target, the pointer has left the page. Otherwise it has only moved to another element of the page. In
      // older versions of Safari, there is never a related target, so the mark may flicker.
      if (!relatedTarget) handle({ step: "leave", at: target, files: [], type: "", address: "" });
    },
    { signal },
  );
}

/** Reads the data of an event. The caller must do this while the event is handled, because later the data cannot be read. */
function read(step: "over" | "drop" | "paste", at: EventTarget | null, data: DataTransfer): Given {
  const files = [...(data.files ?? [])];
  const item = [...(data.items ?? [])].find(({ kind }) => kind === "file");
  return { step, at, files, type: item?.type ?? "", address: data.getData("text/uri-list") };
}
