import "server-only";

declare global {
  // Route handlers and instrumentation are bundled apart but run in one process: they meet here.
  var darkroomClosing: AbortController | undefined;
}

const controller = (globalThis.darkroomClosing ??= new AbortController());

/** Aborted once this process is asked to end: whoever waits answers with what there is, so that a deployment is quick. */
export const closing: AbortSignal = controller.signal;

export function close() {
  controller.abort();
}
