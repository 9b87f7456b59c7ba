import { z } from "zod";

/** What a cursor contains: the creation time and the id of the last row of a page. */
const Position = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

/**
 * Returns the cursor of the page that begins after this row. A cursor is an opaque text. It contains a position, not a page
 * number, so every page is equally fast.
 */
export function cursorOf(row: { created_at: string; id: string }): string {
  return Buffer.from(JSON.stringify([row.created_at, row.id])).toString("base64url");
}

/** Returns the `created_at` and the id in a cursor. Returns null if the cursor is invalid. */
export function parseCursor(cursor: string): [createdAt: string, id: string] | null {
  try {
    const position = Position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    const [createdAt] = position;
    // Accepts only times since 1970 in the format of `toISOString`, because Postgres would reject some of the years and time
    // zones that JavaScript accepts.
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

/**
 * Selects `limit + 1` rows, newest first, so that `pageOf` can find out whether there is a next page. `from` and `to` are the
 * first and the last day (UTC). An invalid cursor is ignored.
 */
export function selectPage<Self extends Query<Self>>(query: Self, { cursor, from, to, limit }: PageOptions): Self {
  let page = query;
  if (from) page = page.gte("created_at", `${from}T00:00:00.000Z`);
  if (to) page = page.lt("created_at", new Date(Date.parse(to) + 86_400_000).toISOString());
  const [time, id] = (cursor && parseCursor(cursor)) || [];
  // `lte` makes Postgres start at the right place in the index. With `or` alone, Postgres would test every newer row.
  if (time) page = page.or(`created_at.lt."${time}",and(created_at.eq."${time}",id.lt.${id})`).lte("created_at", time);
  return newestFirst(page).limit(limit + 1);
}

/** Orders rows by creation, the newest first. */
export function newestFirst<Self extends Pick<Query<Self>, "order">>(query: Self): Self {
  return query.order("created_at", { ascending: false }).order("id", { ascending: false });
}

/**
 * Returns the rows of one page, and the cursor of the next page (`next`), or null if this is the last page. `rows` must come from
 * `selectPage`, with the same `limit`.
 */
export function pageOf<Row extends { created_at: string; id: string }>(rows: Row[], limit: number) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? cursorOf(last) : null };
}
