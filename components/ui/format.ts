const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** "2026-11-21" as "21 Nov". */
export function formatDay(day: string) {
  return day ? dayFormat.format(new Date(day)) : "";
}

/** "1 image", "12 images". */
export function plural(count: number, noun: string) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** "remove-background" as "Remove background". */
export function nameInWords(name: string) {
  const words = name.replaceAll(/[_-]/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
