"use client";

import { useHydrated } from "@/components/ui/use-hydrated";

/** A time in the reader's own zone: "14:32", or with its day. The server does not know the zone and says UTC. */
export function LocalTime({ iso, withDay = false }: { iso: string; withDay?: boolean }) {
  const isHere = useHydrated();
  const format = new Intl.DateTimeFormat("en-GB", {
    ...(withDay ? { dateStyle: "medium" } : {}),
    timeStyle: "short",
    ...(isHere ? {} : { timeZone: "UTC" }),
  });
  return <time dateTime={iso}>{format.format(new Date(iso))}</time>;
}
