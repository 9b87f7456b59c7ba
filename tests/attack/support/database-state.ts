import { readLedger } from "../../support/api";
import { sql } from "../../support/sql";
import { stack } from "./send-request";

/**
 * Counts what is stored in the database, in the bucket and at Replicate. If the counts before and after are equal, nothing was
 * written.
 */
export async function readState(): Promise<Record<string, number>> {
  const [rows] = await sql<Record<string, number>>(
    stack,
    `select (select count(*)::int from predictions) as predictions,
      (select coalesce(sum(revision), 0)::int from predictions) as "changes of predictions",
      (select count(*)::int from sdxl_images) as images,
      (select count(*)::int from sdxl_images where favorite or alt is not null or share_token is not null) as "marked images",
      (select coalesce(sum(used), 0)::int from usage_daily) as "images counted",
      (select count(*)::int from api_keys) as "API keys",
      (select count(*)::int from api_keys where revoked_at is not null) as "revoked API keys",
      (select count(*)::int from storage.objects) as objects,
      (select count(*)::int from auth.users) as users`,
  );
  const { predictions, counts } = await readLedger(stack);
  const changes = Object.entries(counts).filter(([route]) => /^(POST|PUT|PATCH|DELETE) \/v1\//.test(route));
  return {
    ...rows,
    "predictions at Replicate": predictions.length,
    "changes asked of Replicate": changes.reduce((sum, [, count]) => sum + count, 0),
  };
}
