import type { Rule } from "../faults/faults.ts";
import { hasWord } from "../faults/magic-words.ts";
import { json, serverError, text } from "../http/responses.ts";
import { removeExpired } from "../predictions/retention.ts";
import type { RouteContext } from "../sandbox.ts";
import { pause } from "../state/clock.ts";

const CORS = { "access-control-allow-origin": "*" };
const HTML = "<!doctype html><title>Not an image</title><script>document.title = 'ran'</script>\n";

type Fault = NonNullable<Rule["delivery"]>;

const missing = (status = 404) => json(status, { detail: "File not found" }, CORS);

/** Sends a share of the bytes, then fails: the connection closes before the announced length is reached. */
function cutOff(bytes: Uint8Array, share: number): ReadableStream {
  const part = bytes.slice(0, Math.floor(bytes.byteLength * share));
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error("The connection closes here."));
      else controller.enqueue(part);
      sent = true;
    },
  });
}

/** Sends `perSecond` bytes each second. */
function sendSlowly(bytes: Uint8Array, perSecond: number): ReadableStream {
  const chunk = Math.max(1, Math.floor(perSecond));
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at > 0) await pause((chunk / perSecond) * 1000);
      controller.enqueue(bytes.slice(at, at + chunk));
      at += chunk;
      if (at >= bytes.byteLength) controller.close();
    },
  });
}

function repeatForever(bytes: Uint8Array): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.enqueue(bytes) });
}

/** The fault of this download, from a rule or from a magic word in the prompt. */
function findFault({ sandbox }: RouteContext, input: Record<string, unknown>, id: string, index: number): Fault {
  const fault = sandbox.faults.take("delivery", input, id);
  if (fault && (fault.index === undefined || fault.index === index)) return fault;
  const times = sandbox.downloads.get(id) ?? 0;
  sandbox.downloads.set(id, times + 1);
  if (hasWord(input, "[expired]")) return { status: 410 };
  if (times < 2 && hasWord(input, "[truncated]")) return { cut: 0.6 };
  if (times < 2 && hasWord(input, "[flaky]")) return { status: 503 };
  return {};
}

/** GET /delivery/:prefix/:id/:name: an output file. Its path is secret, so it needs no token. */
export async function deliver(context: RouteContext): Promise<Response> {
  const { sandbox, logEntry, param } = context;
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
  const headers: Record<string, string> = {
    ...CORS,
    "content-type": fault.type ?? file.type,
    "cache-control": "public, max-age=3600",
  };
  if (fault.endless) return new Response(repeatForever(bytes), { headers });
  headers["content-length"] = String(bytes.byteLength);
  if (fault.cut !== undefined) return new Response(cutOff(bytes, fault.cut), { headers });
  if (fault.drip !== undefined) return new Response(sendSlowly(bytes, fault.drip), { headers });
  return new Response(bytes, { headers });
}

/** Any web page may read output files. The API itself sends no CORS headers. */
export function preflight(): Response {
  return new Response(null, { status: 204, headers: { ...CORS, "access-control-allow-methods": "GET, HEAD" } });
}
