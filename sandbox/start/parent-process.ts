/** Resolves when this service is to end: by a signal, or because its parent is gone. To be called before anything takes time. */
export function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGTERM", resolve).on("disconnect", resolve);
    // Ctrl-C reaches the whole group at once: with a parent, the parent says when, after the app has ended.
    process.on("SIGINT", () => {
      if (!process.channel) resolve();
    });
    if (process.connected === false) resolve();
  });
}

/** Tells whoever forked this process. Resolves once that is done, or nobody is there any more. */
export function sendToParent(message: object): Promise<void> {
  return new Promise((resolve) => {
    // That the other end has just gone is no error of ours: then `waitForStop` resolves.
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
