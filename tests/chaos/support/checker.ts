import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { outputFiles } from "@/lib/media/output-files";
import { readLedger } from "../../support/api";
import { sql } from "../../support/sql";

type Bench = { dir: string; env: Record<string, string> };
type Row = {
  id: string;
  replicate_id: string | null;
  status: string;
  saved: boolean;
  save_error: string | null;
  due: boolean;
  output: unknown;
  /** The keys are the positions of deleted images. */
  deleted_images: Record<string, string>;
};
type SavedImage = {
  prediction_id: string;
  position: number;
  storage_path: string;
  thumb_path: string | null;
  sha256: string;
};
type Remote = Awaited<ReturnType<typeof readLedger>>["predictions"][number];

/** The kinds of problems that must not exist at the end, whatever has failed before. */
const KINDS = [
  /** A file of a succeeded prediction has no image row, and neither `save_error` nor `deleted_images` says why. */
  "lost",
  /** There are more image rows than files, or two image rows at one position. */
  "doubled",
  /** An object in the bucket has no image row, or the object of an image row is missing. */
  "orphan",
  /** Stored bytes, or an output without files, differ from what Replicate has delivered. */
  "corrupt",
  /** The prediction has not ended, or it still has work left. */
  "stuck",
  /** The prediction is marked as saved, but has fewer files than its output at Replicate. */
  "false success",
  /** The final status differs from the final status at Replicate. */
  "wrong end",
  /** A prediction at Replicate has no row of its own. It may be a second prediction for the same row. */
  "unowned",
  /** A status that was not provisional has changed to an earlier status, or from one final status to another. */
  "regression",
] as const;
type Kind = (typeof KINDS)[number];

const RUNNING = ["queued", "starting", "processing"];
const TOLD = ["expired", "unsupported_output", "too_large"];

/**
 * For all predictions whose prompt contains these words, compares what Replicate has accepted and delivered with the rows and
 * with the objects in the bucket. Call this when no work is left.
 */
export async function check(stack: Bench, words: string) {
  const problems: { kind: Kind; what: string }[] = [];
  const found = (kind: Kind, what: string) => problems.push({ kind, what });
  const condition = `input ->> 'prompt' like '%${words.replaceAll("'", "''")}%'`;

  const rows = await sql<Row>(
    stack,
    `select id, replicate_id, status, saved_at is not null as saved, save_error, next_at is not null and not provisional as due, output, deleted_images
     from predictions where ${condition}`,
  );
  const images = await sql<SavedImage>(
    stack,
    `select prediction_id, position, storage_path, sha256 from sdxl_images where prediction_id in (select id from predictions where ${condition})`,
  );
  const remotes = (await readLedger(stack)).predictions.filter(({ input }) => String(input.prompt).includes(words));
  const byRemote = new Map(remotes.map((remote) => [remote.id, remote]));

  for (const row of rows) {
    const savedImages = images.filter((image) => image.prediction_id === row.id);
    if (RUNNING.includes(row.status) || row.due) found("stuck", `${row.id} is ${row.status}`);
    const remote = row.replicate_id ? byRemote.get(row.replicate_id) : undefined;
    if (remote) compare(row, remote, savedImages, found);
  }

  const owned = new Set(rows.map((row) => row.replicate_id));
  for (const remote of remotes) if (!owned.has(remote.id)) found("unowned", remote.id);

  const known = new Map(images.map((image) => [image.storage_path, image.sha256]));
  // Other files of an image, such as its thumbnail, need no own row: they are removed together with the original.
  const places = new Set(images.map((image) => placeOf(image.storage_path)));
  for (const { name } of await objects(stack, rows)) {
    if (!places.has(placeOf(name))) found("orphan", `${name} has no row`);
  }
  for (const [path, sha256] of known) {
    const stored = await hashFile(join(stack.dir, "supabase/storage/images", path));
    if (!stored) found("orphan", `${path} has no object`);
    else if (stored !== sha256) found("corrupt", `${path} is not what its row says`);
  }
  for (const { id, was, became } of await regressions(stack, condition))
    found("regression", `${id}: ${was} → ${became}`);

  const counts = Object.fromEntries(
    KINDS.map((kind) => [kind, problems.filter((problem) => problem.kind === kind).length]),
  ) as Record<Kind, number>;
  return {
    /** Empty if everything is correct. */
    problems: problems.map(({ kind, what }) => `${kind}: ${what}`),
    counts,
    predictions: rows.length,
    remotes: remotes.length,
    files: images.length,
  };
}

function compare(row: Row, remote: Remote, savedImages: SavedImage[], found: (kind: Kind, what: string) => void) {
  const isOver = !RUNNING.includes(row.status) && !RUNNING.includes(remote.status);
  if (isOver && row.status !== remote.status) found("wrong end", `${row.id} ${row.status}, there ${remote.status}`);
  if (remote.status !== "succeeded") return;

  const urls = outputFiles(remote.output);
  const isText = urls.length === 0 && row.status === "succeeded";
  if (isText && JSON.stringify(row.output) !== JSON.stringify(remote.output)) found("corrupt", `the text of ${row.id}`);
  const deleted = Object.keys(row.deleted_images).map(Number);
  for (const [position, url] of urls.entries()) {
    const [image, ...more] = savedImages.filter((one) => one.position === position);
    const delivered = remote.files.find((file) => file.url === url)?.sha256;
    if (more.length > 0) found("doubled", `${row.id} #${position}`);
    const isTold = TOLD.includes(row.save_error ?? "") || deleted.includes(position);
    if (!image && row.status === "succeeded" && !isTold) found("lost", `${row.id} #${position}`);
    if (image && delivered && image.sha256 !== delivered) found("corrupt", `${row.id} #${position} as delivered`);
  }
  const files = savedImages.length + deleted.length;
  if (files > urls.length) found("doubled", `${row.id} has ${files} of ${urls.length}`);
  if (row.saved && files < urls.length) found("false success", `${row.id} has ${files} of ${urls.length}`);
}

/** Returns the objects of these predictions, and all objects that belong to no prediction. */
function objects(stack: Bench, rows: Row[]) {
  const ids = rows.map(({ id }) => `'${id}'`).join(", ") || "null";
  return sql<{ name: string }>(
    stack,
    `select name from storage.objects where bucket_id = 'images' and (split_part(name, '/', 2) in (${ids})
       or split_part(name, '/', 2) not in (select id::text from public.predictions))`,
  );
}

/** Returns the part of the path that all files of an image share: `<user>/<prediction>/<position>.` */
function placeOf(path: string) {
  return path.slice(0, path.indexOf(".") + 1);
}

/**
 * Returns the SHA-256 of a file, or null if there is no such file. Reads it in parts, because it may be larger than the
 * memory.
 */
async function hashFile(path: string): Promise<string | null> {
  const hash = createHash("sha256");
  return pipeline(createReadStream(path), hash).then(
    () => hash.digest("hex"),
    () => null,
  );
}

type Regression = { id: string; was: string; became: string };

function regressions(stack: Bench, condition: string) {
  return sql<Regression>(
    stack,
    `select id, was, became from bench.regressions where id in (select id from predictions where ${condition})`,
  );
}

/** Creates triggers that record each regression of a status, and each user's highest usage of a day. */
export async function watchDatabase(stack: { env: Record<string, string> }) {
  for (const statement of [
    "create schema if not exists bench",
    "create table if not exists bench.regressions (id uuid, was text, became text)",
    "create table if not exists bench.usage (user_id uuid primary key, most int)",
    `create or replace function bench.rank(status text) returns int language sql immutable as
      $$ select case status when 'queued' then 0 when 'starting' then 0 when 'processing' then 1 else 2 end $$`,
    // The triggers are `security definer`, because the API's roles have no rights on the schema `bench`.
    `create or replace function bench.note_status() returns trigger language plpgsql security definer as $$ begin
      if not old.provisional
        and (bench.rank(new.status) < bench.rank(old.status) or (bench.rank(old.status) = 2 and new.status <> old.status)) then
        insert into bench.regressions values (new.id, old.status, new.status);
      end if;
      return new; end $$`,
    `create or replace function bench.note_usage() returns trigger language plpgsql security definer as $$ begin
      insert into bench.usage values (new.user_id, new.used)
      on conflict (user_id) do update set most = greatest(bench.usage.most, new.used);
      return new; end $$`,
    "create or replace trigger bench_status after update on public.predictions for each row execute function bench.note_status()",
    "create or replace trigger bench_usage after insert or update on public.usage_daily for each row execute function bench.note_usage()",
  ]) {
    await sql(stack, statement);
  }
}
