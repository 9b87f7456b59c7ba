const type = "darkroom:picture";

/** Puts a picture into the input of this name, whichever component draws it. */
export function tellPicture(form: HTMLFormElement, name: string, path: string) {
  form.dispatchEvent(new CustomEvent(type, { detail: { name, path } }));
}

/** Calls `take` with each picture that is put into the input of this name, until the returned function is called. */
export function onPicture(form: HTMLFormElement, name: string, take: (path: string) => void) {
  function hear(event: Event) {
    const detail: unknown = event instanceof CustomEvent ? event.detail : null;
    if (!isPicture(detail) || detail.name !== name) return;
    take(detail.path);
  }
  form.addEventListener(type, hear);
  return () => form.removeEventListener(type, hear);
}

function isPicture(detail: unknown): detail is { name: string; path: string } {
  return typeof detail === "object" && detail !== null && "name" in detail && "path" in detail;
}
