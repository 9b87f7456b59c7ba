/**
 * Resolves when this service should stop: on a signal, or when its parent process has ended. Call this function before anything
 * else, so that no signal is missed.
 */
export function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGTERM", resolve).on("disconnect", resolve);
    // Ctrl-C reaches the parent and its services at the same time. A service with a parent ignores it: the parent first stops the
    // app, and then this service.
    process.on("SIGINT", () => {
      if (!process.channel) resolve();
    });
    if (process.connected === false) resolve();
  });
}

/** Ignores errors when output is written: if the disk of the log file is full, this process must not end. */
export function ignoreOutputErrors(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}

/** Sends a message to the process that forked this one. Resolves once it is sent, or when there is no parent. */
export function sendToParent(message: object): Promise<void> {
  return new Promise((resolve) => {
    // Errors are ignored. An error means that the parent has just ended, and then `waitForStop` resolves.
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
