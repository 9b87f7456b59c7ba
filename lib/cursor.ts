import { z } from "zod";

/** The place in a list that is ordered by creation, newest first: after which row the next page begins. */
const Position = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

/** An opaque cursor for keyset paging: as quick on the last page as on the first. */
export function cursorOf(row: { created_at: string; id: string }): string {
  return Buffer.from(JSON.stringify([row.created_at, row.id])).toString("base64url");
}

/** PostgREST's filter for the rows after the cursor; null when it is not a cursor of ours. */
export function afterCursorFilter(cursor: string): string | null {
  const [createdAt, id] = positionOf(cursor) ?? [];
  return createdAt ? `created_at.lt."${createdAt}",and(created_at.eq."${createdAt}",id.lt.${id})` : null;
}

/**
 * The moment of the cursor's row. No row after it is younger, and a query that says so too begins in the index where the
 * page begins; the alternatives of `afterCursorFilter` alone are tried on every row from the newest on.
 */
export function cursorTime(cursor: string): string | null {
  return positionOf(cursor)?.[0] ?? null;
}

function positionOf(cursor: string) {
  try {
    const position = Position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    const [createdAt] = position;
    // Only our own form: Postgres refuses years and offsets that JavaScript takes.
    return Date.parse(createdAt) < 0 || new Date(createdAt).toISOString() !== createdAt ? null : position;
  } catch {
    return null;
  }
}

/** A page of rows that were read with one more than `limit`, to see whether there is another page. */
export function pageOf<Row extends { created_at: string; id: string }>(rows: Row[], limit: number) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? cursorOf(last) : null };
}
