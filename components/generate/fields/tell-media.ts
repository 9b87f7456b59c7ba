import { pathsIn } from "./media-choice";

const typeOf = (name: string) => `darkroom:${name}`;

/** Puts images into the input of this name, whichever component draws it. */
export function tellMedia(form: HTMLFormElement, name: string, paths: string[]) {
  form.dispatchEvent(new CustomEvent(typeOf(name), { detail: paths }));
}

/** Calls `take` with the images that are put into the input of this name, until the returned function is called. */
export function onMedia(form: HTMLFormElement, name: string, take: (paths: string[]) => void) {
  const hear = (event: Event) => take(pathsIn(event instanceof CustomEvent ? event.detail : null));
  form.addEventListener(typeOf(name), hear);
  return () => form.removeEventListener(typeOf(name), hear);
}
