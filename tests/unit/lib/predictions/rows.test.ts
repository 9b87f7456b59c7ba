import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { startFileServer } from "@/tests/support/file-server";
import { stubSettings } from "../stub-settings";
import { predictionRow } from "./row";

afterEach(() => void vi.unstubAllEnvs());

/** Returns which of these Replicate ids are known, and the ids of each query. The database contains all ids except `unknown`. */
async function listKnown(ids: string[], unknown: string) {
  const asked: string[][] = [];
  const server = await startFileServer((request, response) => {
    const filter = new URL(request.url ?? "", "http://supabase").searchParams.get("replicate_id") ?? "";
    const page = filter.match(/r\d+/g) ?? [];
    asked.push(page);
    const rows = page.filter((id) => id !== unknown).map((replicate_id) => ({ replicate_id }));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(rows));
  });
  onTestFinished(() => server.close());
  vi.resetModules();
  stubSettings({ NEXT_PUBLIC_SUPABASE_URL: server.origin });
  const { listKnownReplicateIds } = await import("@/lib/predictions/recover-queries");
  return { known: await listKnownReplicateIds(ids), asked };
}

test("each of many Replicate ids is looked up, at most a hundred with one request", async () => {
  const ids = Array.from({ length: 250 }, (_, index) => `r${index}`);
  const { known, asked } = await listKnown(ids, "r7");
  expect(asked.map((page) => page.length)).toEqual([100, 100, 50]);
  expect([...known]).toEqual(ids.filter((id) => id !== "r7"));
});

test("unidentified predictions are those of other users that were sent around the same time, and have not ended", async () => {
  const asked: Record<string, string[]>[] = [];
  const server = await startFileServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://supabase");
    asked.push(Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)])));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify([{ input: { scale: 2 } }]));
  });
  onTestFinished(() => server.close());
  vi.resetModules();
  stubSettings({ NEXT_PUBLIC_SUPABASE_URL: server.origin });
  const { listUnidentifiedInputs } = await import("@/lib/predictions/recover-queries");
  const row = predictionRow();
  const sentAt = Date.parse("2026-11-21T14:32:08.000Z");
  expect(await listUnidentifiedInputs(row, sentAt, 60_000)).toEqual([{ scale: 2 }]);
  await listUnidentifiedInputs({ ...row, input: { key: "[REDACTED]" } }, sentAt, 60_000);
  const query = {
    select: ["input"],
    model: [`eq.${row.model}`],
    replicate_id: ["is.null"],
    or: ["(provisional.is.true,status.in.(queued,starting,processing))"],
    sent_at: ["gte.2026-11-21T14:31:08.000Z", "lte.2026-11-21T14:33:08.000Z"],
  };
  // An input with secrets is also compared with other rows of the same user.
  expect(asked).toEqual([
    { ...query, user_id: [`neq.${row.user_id}`] },
    { ...query, id: [`neq.${row.id}`] },
  ]);
});
