import type { Stack } from "./stack";

/** Makes the app advance due predictions and remove deleted files now. Without this call, the app does so every five seconds. */
export function sweep({ appUrl, env }: Pick<Stack, "appUrl" | "env">): Promise<Response> {
  return fetch(`${appUrl}/api/cron/sweep`, {
    method: "POST",
    headers: { authorization: `Bearer ${env.CRON_SECRET}` },
  });
}
