/**
 * Resolves when this service should stop: on a signal, or when its parent process has ended. Call this function before anything
 * else, so that no signal is missed.
 */
export function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGTERM", resolve).on("disconnect", resolve);
    // Ctrl-C reaches the parent and its services at the same time. A service that has a parent ignores the signal, because the
    // parent stops the app first, and its services after that.
    process.on("SIGINT", () => {
      if (!process.channel) resolve();
    });
    if (process.connected === false) resolve();
  });
}

/** Ignores errors of writing to the terminal or the log file. Otherwise, a full disk would end this process. */
export function ignoreOutputErrors(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}

/** Sends a message to the process that forked this one. Resolves when the message is sent, or if there is no parent. */
export function sendToParent(message: object): Promise<void> {
  return new Promise((resolve) => {
    // Errors are ignored. An error means that the parent has just ended. `waitForStop` then resolves, and the service stops.
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
