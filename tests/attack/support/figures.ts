import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Counts = Record<string, number | string>;
type Figure = { promise: string; counts: Counts };

const fileOf = (dir: string) => join(dir, "figures.jsonl");

/** Notes what was counted for a promise; the end of the run prints it. Numbers of the same name are added up. */
export function addFigures({ dir }: { dir: string }, promise: string, counts: Counts): void {
  appendFileSync(fileOf(dir), `${JSON.stringify({ promise, counts })}\n`);
}

/** One line a promise: what was noted in this folder since it was made. */
export function readFigures(dir: string): string[] {
  if (!existsSync(fileOf(dir))) return [];
  const totals = new Map<string, Counts>();
  for (const line of readFileSync(fileOf(dir), "utf8").trim().split("\n")) {
    const { promise, counts } = JSON.parse(line) as Figure;
    const total = totals.get(promise) ?? {};
    for (const [name, value] of Object.entries(counts)) {
      const before = total[name];
      total[name] = typeof before === "number" && typeof value === "number" ? before + value : value;
    }
    totals.set(promise, total);
  }
  const words = (counts: Counts) => Object.entries(counts).map(([name, value]) => `${name} ${value}`);
  return [...totals]
    .toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([promise, counts]) => `${promise.padEnd(4)} ${words(counts).join(" · ")}`);
}
