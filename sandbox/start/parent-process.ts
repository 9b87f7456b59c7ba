/** Resolves when this service should stop: on a signal, or when its parent has ended. Call it first, to miss no signal. */
export function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGTERM", resolve).on("disconnect", resolve);
    // Ctrl-C reaches the parent and its services at once. A service with a parent waits: the parent stops the app first.
    process.on("SIGINT", () => {
      if (!process.channel) resolve();
    });
    if (process.connected === false) resolve();
  });
}

/** A log on a full disk must not end this process. */
export function ignoreOutputErrors(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}

/** Sends a message to the process that forked this one. Resolves once it is sent, or when there is no parent. */
export function sendToParent(message: object): Promise<void> {
  return new Promise((resolve) => {
    // An error here means that the parent has just ended; `waitForStop` resolves then.
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
