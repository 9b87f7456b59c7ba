// This file is loaded on the first drag or paste.

import { ownMediaIn } from "@/components/media/media-in-input";
import type { MediaKind } from "@/lib/media/schema";
import { acceptedKinds } from "@/lib/models/inputs/accepted-files";
import type { Field } from "@/lib/models/inputs/fields";
import { type DropTarget, dropState, type Given } from "./drop-targets";
import { kindOfFile } from "./kind-of-file";

/** Passes dropped or pasted files, or a dragged URL of the user's own file, to a field. During a drag, marks that field. */
export function passFilesToField(given: Given, targets: DropTarget[]) {
  const { step, at, files, type } = given;
  const path = ownPath(given.address);
  const target = step === "leave" ? null : findTarget(at, path ? null : kindOfGiven(given), targets);
  for (const { box } of targets) box.toggleAttribute("data-over", step === "over" && box === target?.box);
  if (step === "over") {
    const before = dropState.get();
    const isSame = before?.step === "over" && before.target === target && before.type === type;
    if (!isSame) dropState.set({ step, target, type });
    return;
  }
  if (dropState.get()?.step === "over") dropState.set(null);
  if (target && (path || files.length > 0)) {
    // If the field is in a closed `details` element, the element is opened. Then the user sees where the file was added.
    const details = target.box.closest("details");
    if (details) details.open = true;
    target.box.scrollIntoView({ block: "nearest" });
    if (path) target.addPath(path);
    else target.addFiles(files);
  }
  const [file] = files;
  if (file) dropState.set({ step: "received", file, isTaken: target !== null });
}

/** Returns the field that contains this element. If no field does, returns the first field that takes a file of this kind. */
function findTarget(at: EventTarget | null, kind: MediaKind | null, targets: DropTarget[]): DropTarget | null {
  const box = at instanceof Element ? at.closest("[data-takes-media]") : null;
  if (box) return targets.find((target) => target.box === box) ?? null;
  const ordered = targets.toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst) || inPageOrder(a, b));
  return ordered.find(({ field }) => takesKind(field, kind)) ?? null;
}

/** Whether a field takes a file of this kind. Null is an unknown kind, which any field may take. */
export function takesKind({ takes }: Field, kind: MediaKind | null) {
  return kind === null || acceptedKinds(takes).includes(kind);
}

/** Returns the kind of the first file. Returns null if it is not known. */
function kindOfGiven({ files: [file], type }: Given): MediaKind | null {
  return file || type ? kindOfFile(file ?? { type }) : null;
}

function inPageOrder(a: DropTarget, b: DropTarget) {
  return a.box.compareDocumentPosition(b.box) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

/** If this URL is the URL of a saved file or an upload in this app, returns its path. Otherwise returns undefined. */
function ownPath(address: string) {
  const url = URL.parse(address || "none", location.href);
  return url?.origin === location.origin ? ownMediaIn({ path: url.pathname })[0] : undefined;
}
