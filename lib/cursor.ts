import { z } from "zod";

/** The last row of a page, in a list ordered by creation, newest first. */
const Position = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

/** An opaque cursor for keyset paging, which is as quick on the last page as on the first. */
export function cursorOf(row: { created_at: string; id: string }): string {
  return Buffer.from(JSON.stringify([row.created_at, row.id])).toString("base64url");
}

/** PostgREST's filter for the rows after the cursor. Null when the cursor is invalid. */
export function afterCursorFilter(cursor: string): string | null {
  const [createdAt, id] = positionOf(cursor) ?? [];
  return createdAt ? `created_at.lt."${createdAt}",and(created_at.eq."${createdAt}",id.lt.${id})` : null;
}

/**
 * The time of the cursor's row. Queries should also ask for `created_at` up to this time: then Postgres starts in the
 * index where the page starts. With `afterCursorFilter` alone it tests every row from the newest on.
 */
export function cursorTime(cursor: string): string | null {
  return positionOf(cursor)?.[0] ?? null;
}

function positionOf(cursor: string) {
  try {
    const position = Position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    const [createdAt] = position;
    // Only the format of cursorOf: Postgres refuses years and offsets that JavaScript accepts.
    return Date.parse(createdAt) < 0 || new Date(createdAt).toISOString() !== createdAt ? null : position;
  } catch {
    return null;
  }
}

/** A page of `rows`, which were read with a limit of one more, and the cursor of the next page. */
export function pageOf<Row extends { created_at: string; id: string }>(rows: Row[], limit: number) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? cursorOf(last) : null };
}
