import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export type Collection<T> = {
  get(id: string): T | undefined;
  /** Returns all records, newest first. */
  list(): T[];
  /** Saves the record. When this function returns, the record is in the file. So it is not lost if the process is killed. */
  save(record: T): void;
  remove(id: string): void;
};

const Line = z.object({ kind: z.string(), id: z.string(), record: z.unknown() });
type Line = z.infer<typeof Line>;

function readLines(path: string): Line[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  const lines: Line[] = [];
  for (const line of text.split("\n")) {
    try {
      lines.push(Line.parse(JSON.parse(line)));
    } catch {
      // The line is skipped. It is empty, or it is incomplete because the process was killed or the disk was full.
    }
  }
  return lines;
}

/**
 * Opens an append-only log of records, `journal.jsonl` in `dir`. If several lines have the same kind and id, the last of them is
 * the current record. Each start removes the older lines. If `dir` is null, nothing is written.
 */
export function openJournal(dir: string | null) {
  const path = dir && join(dir, "journal.jsonl");
  if (dir) mkdirSync(dir, { recursive: true });
  const latest = new Map<string, Line>();
  for (const line of path ? readLines(path) : []) {
    const key = `${line.kind} ${line.id}`;
    if (line.record === null) latest.delete(key);
    else latest.set(key, line);
  }
  if (path) {
    writeFileSync(`${path}.new`, [...latest.values()].map((line) => JSON.stringify(line) + "\n").join(""));
    renameSync(`${path}.new`, path);
  }
  let file = path ? openSync(path, "a") : null;
  function append(line: Line) {
    // The line break comes before the record, because the last line of the file may be incomplete after an error, such as a full
    // disk.
    if (file !== null) writeFileSync(file, "\n" + JSON.stringify(line));
  }

  function read<T>(record: unknown, schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(record);
    if (parsed.success) return parsed.data;
    const why = `${path} was written by another version of this app.`;
    throw new Error(`${why} Delete ${dir} to start without its data, or all of .sandbox to start over.`);
  }

  function collection<T extends { id: string }>(kind: string, schema: z.ZodType<T>): Collection<T> {
    const records = new Map<string, T>();
    for (const line of latest.values()) {
      if (line.kind === kind) records.set(line.id, read(line.record, schema));
    }
    return {
      get: (id) => records.get(id),
      list: () => [...records.values()].reverse(),
      save(record) {
        records.set(record.id, record);
        append({ kind, id: record.id, record });
      },
      remove(id) {
        if (records.delete(id)) append({ kind, id, record: null });
      },
    };
  }

  return {
    collection,
    /**
     * Closes the file. Later changes are not written. At the next start, the interrupted runs start again and make these changes
     * again.
     */
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}
