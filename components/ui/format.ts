const format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** "2026-11-21" as "21 Nov". */
export function dayWords(day: string) {
  return day ? format.format(new Date(day)) : "";
}

/** "1 image", "12 images". */
export function many(count: number, thing: string) {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
