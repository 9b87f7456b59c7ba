import "server-only";

declare global {
  // Next bundles route handlers and instrumentation apart, but they run in one process and share this.
  var darkroomShutdown: AbortController | undefined;
}

const controller = (globalThis.darkroomShutdown ??= new AbortController());

/** Aborted when this process is asked to end. Long polls answer at once then, so that a deployment is quick. */
export const shutdownSignal: AbortSignal = controller.signal;

export function beginShutdown() {
  controller.abort();
}
