import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { paginate } from "../http/paginate.ts";
import { invalidInput, json, HttpError, text } from "../http/responses.ts";
import { isRecord } from "../http/validate.ts";
import { removeExpiredFiles } from "../predictions/retention.ts";
import type { RouteContext } from "../sandbox.ts";
import { newId, sha256 } from "../state/ids.ts";
import type { UploadedFile } from "../state/saved-state.ts";
import { account } from "./account.ts";

const MAX_BYTES = 100_000_000;
const DAY = 86_400_000;

const missing = () => text(404, JSON.stringify({ detail: "File not found" }), "application/problem+json");
const tooLarge = () =>
  text(413, JSON.stringify({ detail: "Files must be less than 100MB in size" }), "application/problem+json");

function serialize(file: UploadedFile, origin: string) {
  const { id, name, content_type, size, metadata, created_at, expires_at } = file;
  return {
    id,
    name,
    content_type,
    size,
    etag: file.sha256.slice(0, 32),
    checksums: { sha256: file.sha256, md5: file.md5 },
    metadata,
    created_at,
    expires_at,
    urls: { get: `${origin}/v1/files/${id}` },
  };
}

function requireFile({ sandbox, param }: RouteContext): UploadedFile {
  removeExpiredFiles(sandbox.state, sandbox.clock);
  const file = sandbox.state.files.get(param("id"));
  if (!file) throw new HttpError(missing());
  return file;
}

/** Reads the form field `metadata`. Replicate's client sends it as a file. Other clients send it as text. */
async function readMetadata(part: FormDataEntryValue | null): Promise<Record<string, unknown>> {
  if (part === null) return {};
  try {
    const value: unknown = JSON.parse(typeof part === "string" ? part : await part.text());
    if (isRecord(value)) return value;
  } catch {
    // Invalid JSON gets the error below, which is also the error for JSON that is not an object.
  }
  const description = "metadata must be a JSON object";
  throw new HttpError(invalidInput([{ type: "invalid_type", field: "metadata", description }]));
}

export async function createFile({ sandbox, request }: RouteContext): Promise<Response> {
  if (Number(request.headers.get("content-length")) > MAX_BYTES * 1.01) return tooLarge();
  const form = await request.formData().catch(() => new FormData());
  const content = form.get("content");
  if (!(content instanceof File)) {
    return invalidInput([{ type: "required", field: "", description: "content is required" }]);
  }
  if (content.size > MAX_BYTES) return tooLarge();
  const metadata = await readMetadata(form.get("metadata"));
  const bytes = await content.bytes();
  const { clock, state, origin } = sandbox;
  const file: UploadedFile = {
    id: newId(),
    name: content.name,
    content_type: content.type || "application/octet-stream",
    size: content.size,
    sha256: sha256(bytes),
    md5: createHash("md5").update(bytes).digest("hex"),
    metadata,
    created_at: clock.timestamp(),
    expires_at: new Date(clock.after(clock.now(), DAY)).toISOString(),
  };
  await state.blobs.put(file.id, bytes);
  state.files.save(file);
  return json(201, serialize(file, origin));
}

export function listFiles(context: RouteContext): Response {
  const { state, clock, origin } = context.sandbox;
  removeExpiredFiles(state, clock);
  return paginate(
    context,
    state.files.list(),
    ({ id }) => id,
    (file) => serialize(file, origin),
  );
}

export function getFile(context: RouteContext): Response {
  return json(200, serialize(requireFile(context), context.sandbox.origin));
}

export async function deleteFile(context: RouteContext): Promise<Response> {
  const { id } = requireFile(context);
  context.sandbox.state.files.remove(id);
  await context.sandbox.state.blobs.remove(id);
  return new Response(null, { status: 204 });
}

/**
 * GET /files/:id/download?owner&expiry&signature: sends the bytes of the file if the signature was made with the account's
 * secret, the owner is the account, and the time `expiry` (Unix seconds) has not passed.
 */
export async function downloadFile(context: RouteContext): Promise<Response> {
  const { sandbox, url } = context;
  const file = requireFile(context);
  const expiry = url.searchParams.get("expiry") ?? "";
  const given = Buffer.from(url.searchParams.get("signature") ?? "", "base64");
  const expected = createHmac("sha256", sandbox.webhookSecret)
    .update(`${account.username} ${file.id} ${expiry}`)
    .digest();
  const signed = given.length === expected.length && timingSafeEqual(given, expected);
  if (!signed || url.searchParams.get("owner") !== account.username || Number(expiry) * 1000 < Date.now()) {
    return missing();
  }
  const bytes = await sandbox.state.blobs.get(file.id);
  return bytes ? new Response(bytes, { headers: { "content-type": file.content_type } }) : missing();
}
