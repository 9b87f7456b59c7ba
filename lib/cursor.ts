import { z } from "zod";

/** The last row of a page, in a list ordered by creation, newest first. */
const Position = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

/** An opaque cursor for keyset paging, which is as quick on the last page as on the first. */
export function cursorOf(row: { created_at: string; id: string }): string {
  return Buffer.from(JSON.stringify([row.created_at, row.id])).toString("base64url");
}

/** The `created_at` and the id of the cursor's row. Null when the cursor is invalid. */
export function parseCursor(cursor: string): [createdAt: string, id: string] | null {
  try {
    const position = Position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    const [createdAt] = position;
    // Only the format of cursorOf: Postgres refuses years and offsets that JavaScript accepts.
    return Date.parse(createdAt) < 0 || new Date(createdAt).toISOString() !== createdAt ? null : position;
  } catch {
    return null;
  }
}

type Query<Self> = {
  gte(column: string, value: string): Self;
  lt(column: string, value: string): Self;
  lte(column: string, value: string): Self;
  or(filters: string): Self;
  order(column: string, options: { ascending: boolean }): Self;
  limit(count: number): Self;
};
type PageOptions = { cursor: string | undefined; from: string | undefined; to: string | undefined; limit: number };

/** Selects a page of rows, newest first, and one more for `pageOf`. Days are UTC. An invalid cursor counts as none. */
export function selectPage<Self extends Query<Self>>(query: Self, { cursor, from, to, limit }: PageOptions): Self {
  let page = query;
  if (from) page = page.gte("created_at", `${from}T00:00:00.000Z`);
  if (to) page = page.lt("created_at", new Date(Date.parse(to) + 86_400_000).toISOString());
  const [time, id] = (cursor && parseCursor(cursor)) || [];
  // `lte` lets Postgres start in the index where the page starts. With `or` alone it tests every row from the newest on.
  if (time) page = page.or(`created_at.lt."${time}",and(created_at.eq."${time}",id.lt.${id})`).lte("created_at", time);
  return newestFirst(page).limit(limit + 1);
}

/** Orders rows by creation, the newest first. */
export function newestFirst<Self extends Pick<Query<Self>, "order">>(query: Self): Self {
  return query.order("created_at", { ascending: false }).order("id", { ascending: false });
}

/** A page of `rows`, which were read with a limit of one more, and the cursor of the next page. */
export function pageOf<Row extends { created_at: string; id: string }>(rows: Row[], limit: number) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? cursorOf(last) : null };
}
