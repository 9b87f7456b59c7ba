/** Runs once when a server starts: checks the settings, then sweeps for as long as the process lives. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("@/lib/ops/background-work");
  start();
}
