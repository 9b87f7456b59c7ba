import { pause } from "../state/clock.ts";
import { json, serverError, text } from "../http/responses.ts";
import type { Rule } from "../faults/faults.ts";
import { hasWord } from "../faults/magic-words.ts";
import { removeExpired } from "../predictions/retention.ts";
import type { RouteContext } from "../sandbox.ts";

const CORS = { "access-control-allow-origin": "*" };
const HTML = "<!doctype html><title>Not an image</title><script>document.title = 'ran'</script>\n";

type Fault = NonNullable<Rule["delivery"]>;

const gone = (status = 404) => json(status, { detail: "File not found" }, CORS);

/** Breaks off after a share of the bytes: an errored body closes the connection before the announced length. */
function cut(bytes: Uint8Array, share: number): ReadableStream {
  const part = bytes.slice(0, Math.floor(bytes.byteLength * share));
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error("The connection breaks here."));
      else controller.enqueue(part);
      sent = true;
    },
  });
}

/** `perSecond` bytes each second. */
function drip(bytes: Uint8Array, perSecond: number): ReadableStream {
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

function endless(bytes: Uint8Array): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.enqueue(bytes) });
}

/** The fault of this download: a rule's, or the prompt's own magic word. */
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

/** GET /delivery/:prefix/:id/:name: an output file, for whoever knows its path. */
export async function deliver(context: RouteContext): Promise<Response> {
  const { sandbox, asked, param } = context;
  const file = sandbox.state.outputs.get(param("id"));
  const prediction = file && sandbox.state.predictions.get(file.prediction);
  if (!file || !prediction || !file.path.endsWith(`/${param("name")}`)) return gone();
  asked.prediction = prediction.id;
  removeExpired(prediction, sandbox.state, sandbox.clock);
  const bytes = await sandbox.state.blobs.get(file.id);
  if (!bytes || prediction.data_removed) return gone();

  const fault = findFault(context, prediction.input, file.id, file.index);
  await pause(fault.delay ?? 0);
  if (fault.close) return Response.error();
  if (fault.status === 404 || fault.status === 410) return gone(fault.status);
  if (fault.status) return serverError(fault.status);
  if (fault.redirect) return new Response(null, { status: 302, headers: { location: fault.redirect } });
  if (fault.html) return text(200, HTML, file.type, CORS);
  const headers: Record<string, string> = {
    ...CORS,
    "content-type": fault.type ?? file.type,
    "cache-control": "public, max-age=3600",
  };
  if (fault.endless) return new Response(endless(bytes), { headers });
  headers["content-length"] = String(bytes.byteLength);
  if (fault.cut !== undefined) return new Response(cut(bytes, fault.cut), { headers });
  if (fault.drip !== undefined) return new Response(drip(bytes, fault.drip), { headers });
  return new Response(bytes, { headers });
}

/** Output files may be read by any page; the API itself is not for browsers. */
export function preflight(): Response {
  return new Response(null, { status: 204, headers: { ...CORS, "access-control-allow-methods": "GET, HEAD" } });
}
