import { openPadded } from "../file-formats/padding.ts";
import type { Rule } from "../faults/faults.ts";
import { hasWord } from "../faults/magic-words.ts";
import { json, serverError, text } from "../http/responses.ts";
import { removeExpired } from "../predictions/retention.ts";
import type { RouteContext } from "../sandbox.ts";
import { pause } from "../state/clock.ts";
import { cutOff, readRange, repeatForever, sendPart, sendSlowly } from "./stream-file.ts";

const CORS = { "access-control-allow-origin": "*" };
const HTML = "<!doctype html><title>Not an image</title><script>document.title = 'ran'</script>\n";

type Fault = NonNullable<Rule["delivery"]>;

const missing = (status = 404) => json(status, { detail: "File not found" }, CORS);

/**
 * Returns the fault of this download, from a rule or from a magic word in the prompt. Returns an empty object if there is no
 * fault.
 */
function findFault({ sandbox }: RouteContext, input: Record<string, unknown>, id: string, index: number): Fault {
  const fault = sandbox.faults.take("delivery", input, id);
  if (fault && (fault.index === undefined || fault.index === index)) return fault;
  const times = sandbox.downloads.get(id) ?? 0;
  sandbox.downloads.set(id, times + 1);
  if (hasWord(input, "[expired]")) return { status: 410 };
  if (times < 2 && hasWord(input, "[truncated]")) return { cut: 0.6 };
  if (times < 2 && hasWord(input, "[flaky]")) return { status: 503 };
  if (hasWord(input, "[untyped]")) return { type: "application/octet-stream" };
  return {};
}

/** GET /delivery/:prefix/:id/:name: an output file. The path is secret, so the request needs no token. */
export async function deliver(context: RouteContext): Promise<Response> {
  const { sandbox, request, logEntry, param } = context;
  const file = sandbox.state.outputs.get(param("id"));
  const prediction = file && sandbox.state.predictions.get(file.prediction);
  if (!file || !prediction || !file.path.endsWith(`/${param("name")}`)) return missing();
  logEntry.prediction = prediction.id;
  removeExpired(prediction, sandbox.state, sandbox.clock);
  const bytes = await sandbox.state.blobs.get(file.id);
  if (!bytes || prediction.data_removed) return missing();

  const fault = findFault(context, prediction.input, file.id, file.index);
  await pause(fault.delay ?? 0);
  if (fault.close) return Response.error();
  if (fault.status === 404 || fault.status === 410) return missing(fault.status);
  if (fault.status) return serverError(fault.status);
  if (fault.redirect) return new Response(null, { status: 302, headers: { location: fault.redirect } });
  if (fault.html) return text(200, HTML, file.type, CORS);
  const content = openPadded(bytes, file.type, file.padding);
  const headers: Record<string, string> = {
    ...CORS,
    "content-type": fault.type ?? file.type,
    "cache-control": "public, max-age=3600",
    "accept-ranges": "bytes",
  };
  if (fault.endless) return new Response(repeatForever(content), { headers });
  headers["content-length"] = String(content.size);
  if (fault.cut !== undefined) return new Response(cutOff(content, fault.cut), { headers });
  if (fault.drip !== undefined) return new Response(sendSlowly(content, fault.drip), { headers });
  return sendRange(content, request.headers.get("range"), headers);
}

/**
 * Responds with 206 and the part of the file that the Range header `asked` asks for, with 416 if the file has no such part, or
 * with 200 and the whole file if there is no valid header. Safari plays a video only if the server can send parts of it.
 */
function sendRange(content: ReturnType<typeof openPadded>, asked: string | null, headers: Record<string, string>) {
  const { size } = content;
  const range = readRange(asked, size);
  if (range === "outside") {
    return text(416, "", "text/plain", { ...CORS, "content-range": `bytes */${size}` });
  }
  if (!range) return new Response(sendPart(content, 0, size), { headers });
  headers["content-length"] = String(range.end - range.start);
  headers["content-range"] = `bytes ${range.start}-${range.end - 1}/${size}`;
  return new Response(sendPart(content, range.start, range.end), { status: 206, headers });
}

/**
 * Responds to a CORS preflight: with this request, a browser asks whether a page of another site may read an output file. Every
 * site may read output files. The responses of the API itself have no CORS headers.
 */
export function preflight(): Response {
  return new Response(null, { status: 204, headers: { ...CORS, "access-control-allow-methods": "GET, HEAD" } });
}
