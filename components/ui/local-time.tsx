"use client";

import { useHydrated } from "./use-hydrated";

/** A time in the user's time zone: "14:32", or with the day. The server does not know the time zone, so it renders UTC. */
export function LocalTime({ iso, withDay = false }: { iso: string; withDay?: boolean }) {
  const isHydrated = useHydrated();
  const format = new Intl.DateTimeFormat("en-GB", {
    ...(withDay ? { dateStyle: "medium" } : {}),
    timeStyle: "short",
    ...(isHydrated ? {} : { timeZone: "UTC" }),
  });
  return <time dateTime={iso}>{format.format(new Date(iso))}</time>;
}
