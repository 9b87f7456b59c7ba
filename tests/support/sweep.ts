import type { Stack } from "./stack";

/** Runs a sweep now: the app advances due predictions and removes deleted files. Without this call, a sweep runs every 5 s. */
export function sweep({ appUrl, env }: Pick<Stack, "appUrl" | "env">): Promise<Response> {
  return fetch(`${appUrl}/api/cron/sweep`, {
    method: "POST",
    headers: { authorization: `Bearer ${env.CRON_SECRET}` },
  });
}
