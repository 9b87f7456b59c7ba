const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** Formats a day: "2026-11-21" becomes "21 Nov". */
export function formatDay(day: string) {
  return day ? dayFormat.format(new Date(day)) : "";
}

/** Returns a count with its noun: "1 image", "12 images". */
export function plural(count: number, noun: string) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Converts an identifier to words: "remove-background" becomes "Remove background". */
export function nameInWords(name: string) {
  const words = name.replaceAll(/[_-]/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Formats a number of bytes: "412 KB", "1.4 MB". */
export function formatBytes(bytes: number) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Formats a number of seconds: "1.4 s", "12 s". */
export function formatSeconds(seconds: number) {
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/** Formats a duration in ms: "0:05", "1:02:03". */
export function formatDuration(ms: number) {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first = 0, ...others] = parts[0] ? parts : parts.slice(1);
  return [first, ...others.map((part) => String(part).padStart(2, "0"))].join(":");
}
