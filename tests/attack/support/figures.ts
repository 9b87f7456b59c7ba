import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Counts = Record<string, number | string>;
type Figure = { topic: string; counts: Counts };

const fileOf = (dir: string) => join(dir, "figures.jsonl");

/**
 * Adds counts to a guarantee of docs/reliability.md, such as R16, or to another topic. They are printed at the end of the run.
 * Numbers with the same name are added up.
 */
export function addFigures({ dir }: { dir: string }, topic: string, counts: Counts): void {
  appendFileSync(fileOf(dir), `${JSON.stringify({ topic, counts })}\n`);
}

/** Returns one line for each topic, with the counts that were added in this data folder. */
export function readFigures(dir: string): string[] {
  if (!existsSync(fileOf(dir))) return [];
  const totals = new Map<string, Counts>();
  for (const line of readFileSync(fileOf(dir), "utf8").trim().split("\n")) {
    const { topic, counts } = JSON.parse(line) as Figure;
    const total = totals.get(topic) ?? {};
    for (const [name, value] of Object.entries(counts)) {
      const before = total[name];
      total[name] = typeof before === "number" && typeof value === "number" ? before + value : value;
    }
    totals.set(topic, total);
  }
  const words = (counts: Counts) => Object.entries(counts).map(([name, value]) => `${name} ${value}`);
  return [...totals]
    .toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([topic, counts]) => `${topic.padEnd(4)} ${words(counts).join(" · ")}`);
}
