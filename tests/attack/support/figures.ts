import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Counts = Record<string, number | string>;
type Figure = { promise: string; counts: Counts };

const fileOf = (dir: string) => join(dir, "figures.jsonl");

/** Adds counts to a promise. The end of the run prints them. Numbers with the same name are summed. */
export function addFigures({ dir }: { dir: string }, promise: string, counts: Counts): void {
  appendFileSync(fileOf(dir), `${JSON.stringify({ promise, counts })}\n`);
}

/** One line for each promise, with the counts added in this folder. */
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
