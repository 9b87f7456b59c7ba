import "server-only";
import { createCache } from "@/lib/cache";
import { productName } from "@/lib/config";
import { createChecksums } from "@/lib/media/checksums";
import { type PlannedFile, type PlannedZip, planZip, UnreadableFile } from "@/lib/media/serving/planned-zip";
import * as storage from "@/lib/media/storage";
import { log } from "@/lib/log";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { createTokenClient } from "@/lib/supabase/user-client";
import { planAccountJson } from "./account-json";
import type { Export } from "./exports";
import { forgetGenerated } from "./generated-file";
import { computeChecksum, listPartFiles, type PartFile } from "./part-files";

/**
 * How long a plan is cached (ms). Without the cache, a client that downloads an archive in many small ranges would make us list
 * all files for each range.
 */
const PLAN_TTL = 5_000;

const plans = createCache<PlannedZip>({ ttl: PLAN_TTL, max: 50 });

/**
 * Plans the archive of a part of an export. The archive contains the files that were created before the export and still exist,
 * and a list of these files. The archive of the first part also contains the account and all predictions. As long as none of this
 * changes, the archive has the same bytes and the same ETag. If a file turns out to be unreadable, reading the archive throws.
 * Later archives do not contain this file, but their list names it. The caller must have checked that the export belongs to this
 * user, whose access token is `token`.
 */
export function planPart(token: string, userId: string, made: Export, part: number): Promise<PlannedZip> {
  const key = `${made.id} ${part} ${made.lost_files.length}`;
  return plans(key, () => createPlan(token, userId, made, part, () => plans.forget(key)));
}

/** Plans the archive. If reading the archive throws, calls `forget`, so that the next request gets a new plan. */
async function createPlan(token: string, userId: string, made: Export, part: number, forget: () => void) {
  const supabase = createTokenClient(token);
  const { files, missing } = await listPartFiles(supabase, userId, made, part);
  const createdAt = new Date(made.created_at);
  const account = part === 1 ? await planAccountJson(supabase, token, made) : null;
  const texts = { "README.txt": readme(made, part), "files.json": listOf(files, missing) };
  const stored = new Map(files.map((file) => [toPlanned(file), file]));
  const archive = planZip([
    ...Object.entries(texts).map(([name, text]) => ofText(name, createdAt, text)),
    ...(account ? [account.file] : []),
    ...stored.keys(),
  ]);
  async function* read(range: Parameters<PlannedZip["read"]>[0]) {
    try {
      yield* archive.read(range);
    } catch (error) {
      forget();
      if (account) forgetGenerated(account.version);
      const file = error instanceof UnreadableFile ? stored.get(error.file) : undefined;
      if (file) await leaveOut(made, file);
      throw error;
    }
  }
  return { ...archive, read };
}

function toPlanned({ path, created_at, bytes, crc32, storage_path }: PartFile): PlannedFile {
  const open = (range: { start: number; end: number }) =>
    storage.get(storage_path, range.end - range.start + 1 < bytes ? range : null);
  return { name: path, createdAt: new Date(created_at), size: bytes, crc32, open };
}

/**
 * Leaves an unreadable file out of later archives. But first tries to read the file once more. If that works, only the transfer
 * of the file had failed, so the file is not left out.
 */
async function leaveOut({ id }: Export, file: PartFile): Promise<void> {
  if ((await computeChecksum(file.storage_path)) === file.crc32) return;
  log.error("export_file_unreadable", { export: id, file: file.id });
  unwrap(await adminClient().rpc("leave_out_of_export", { p_export: id, p_file: file.id }));
}

function ofText(name: string, createdAt: Date, text: string): PlannedFile {
  const bytes = Buffer.from(text);
  const checksums = createChecksums();
  checksums.update(bytes);
  const open: PlannedFile["open"] = async ({ start, end }) => [bytes.subarray(start, end + 1)];
  return { name, createdAt, size: bytes.length, crc32: checksums.finish().crc32, open };
}

function listOf(files: PartFile[], missing: PartFile[]): string {
  const describe = ({ id, path, prediction_id, name, content_type, bytes, sha256, created_at, metadata }: PartFile) => {
    const source = prediction_id ? { prediction_id } : { uploaded_as: name, ...(metadata && { metadata }) };
    return { path, id, ...source, content_type, bytes, sha256, created_at };
  };
  const lists = { files: files.map(describe), missing_in_storage: missing.map(describe) };
  return `${JSON.stringify(lists, null, 1)}\n`;
}

function readme({ created_at, parts }: Export, part: number): string {
  const lines = [
    `${productName}: everything in your account, as it was at ${created_at}.`,
    `This is part ${part} of ${parts.length}. It does not contain anything that was created later or has been deleted since.`,
    "",
    "media/        images, videos and other files that were made for you, in a folder for each day",
    "uploads/      files that you uploaded",
    "files.json    a list of the files in this part. The name of each file ends with the start of its id",
    ...(part === 1
      ? ["account.json  your account, the usage of each day, and all predictions: input, output, price, times"]
      : []),
    "",
    "The files are exactly as they are stored. Logs of predictions and small previews are left out.",
  ];
  return `${lines.join("\r\n")}\r\n`;
}
