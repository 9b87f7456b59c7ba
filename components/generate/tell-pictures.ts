const type = "darkroom:pictures";

/** Puts pictures into the input of this name, whichever component draws it. */
export function tellPictures(form: HTMLFormElement, name: string, paths: string[]) {
  form.dispatchEvent(new CustomEvent(type, { detail: { name, paths } }));
}

/** Calls `take` with the pictures that are put into the input of this name, until the returned function is called. */
export function onPictures(form: HTMLFormElement, name: string, take: (paths: string[]) => void) {
  function hear(event: Event) {
    const detail: unknown = event instanceof CustomEvent ? event.detail : null;
    if (!isTold(detail) || detail.name !== name) return;
    take(detail.paths);
  }
  form.addEventListener(type, hear);
  return () => form.removeEventListener(type, hear);
}

function isTold(detail: unknown): detail is { name: string; paths: string[] } {
  return typeof detail === "object" && detail !== null && "name" in detail && "paths" in detail;
}
