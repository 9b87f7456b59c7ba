import type { Stack } from "./stack";

/** Has the app advance due predictions and remove deleted files now. By itself, it does so every five seconds. */
export function sweep({ appUrl, env }: Pick<Stack, "appUrl" | "env">): Promise<Response> {
  return fetch(`${appUrl}/api/cron/sweep`, {
    method: "POST",
    headers: { authorization: `Bearer ${env.CRON_SECRET}` },
  });
}
