import { setTimeout as sleep } from "node:timers/promises";

// A server loads this file before all other code (NODE_OPTIONS=--import, see `bench-app.ts`). The code below kills the
// process at a chosen moment, or shifts the clock of the process. So the app itself contains no test code. FAILPOINT is `name` or
// `name:n`, with a name in `POINTS`: the process kills itself at the n-th request that it sends and that matches this point. CLOCK_SHIFT is how far the clock is ahead (ms).

type Point = { method: string; path: RegExp; when: "before" | "half way" | "while read" | "after" };

const rpc = (name: string) => new RegExp(`/rpc/${name}$`);
const upload = /\/storage\/v1\/object\/images\/.+\.\w+$/;
const create = /\/v1\/(models\/[^/]+\/[^/]+\/)?predictions$/;

/**
 * The moments at which the process can kill itself. Each is before, during or after a request, because every step of a
 * prediction is a request. The comments say what has been done at that moment.
 */
const POINTS = {
  /** The row exists, but the create request is not sent. */
  after_reserve: { method: "POST", path: create, when: "before" },
  /** Replicate has accepted the request, but its response is not saved in the row. */
  after_create: { method: "POST", path: create, when: "after" },
  /** The final status is saved, but no file is saved. */
  after_apply: { method: "POST", path: rpc("update_prediction"), when: "after" },
  /** Half of the file is downloaded. */
  mid_download: { method: "GET", path: /^\/delivery\//, when: "while read" },
  /** Half of the file is uploaded. */
  mid_upload: { method: "POST", path: upload, when: "half way" },
  /** The file is stored, but its row is missing. */
  after_upload: { method: "POST", path: upload, when: "after" },
  /** The row of the file exists, but the thumbnail is missing. */
  after_insert: { method: "POST", path: rpc("save_media"), when: "after" },
  /** The thumbnail is stored, but its path is not in the row. */
  after_thumbnail: { method: "PATCH", path: /\/sdxl_images$/, when: "before" },
  /** Every file is saved, but the prediction is not marked as saved. */
  before_finish: { method: "POST", path: rpc("mark_prediction_saved"), when: "before" },
} satisfies Record<string, Point>;
export type FailPoint = keyof typeof POINTS;

function armFailPoint(wanted: string) {
  const [name = "", passing = "1"] = wanted.split(":");
  const point: Point | undefined = Object.entries(POINTS).find(([known]) => known === name)?.[1];
  if (!point) throw new Error(`Unknown fail point: ${name}.`);
  const { method, path, when } = point;
  let left = Number(passing);
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const asked = init?.method ?? (input instanceof Request ? input.method : "GET");
    if (asked !== method || !path.test(pathname)) return original(input, init);
    left -= 1;
    if (left > 0) return original(input, init);
    if (when === "before") die();
    if (when === "half way") return original(await breakOff(new Request(input, init)));
    const answer = await original(input, init);
    if (when === "while read") return dieHalfWay(answer);
    die();
    return answer;
  };
}

/** Returns a copy of the request. The process kills itself when half of its body is sent. */
async function breakOff(request: Request): Promise<Request> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  let isFirst = true;
  const body = new ReadableStream({
    async pull(controller) {
      if (isFirst) controller.enqueue(bytes.subarray(0, bytes.length / 2));
      else await sleep(50).then(die);
      isFirst = false;
    },
  });
  const { url, method, headers } = request;
  // A body that is a stream needs the option `duplex`, which is missing in the types of `fetch`. So `init` is a separate
  // object.
  const init = { method, headers, body, duplex: "half" };
  return new Request(url, init);
}

/** Returns a copy of the response. The process kills itself when half of its body has been read. */
function dieHalfWay(answer: Response): Response {
  let left = Number(answer.headers.get("content-length")) / 2;
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      left -= chunk.byteLength;
      if (left < 0) die();
    },
  });
  return new Response(answer.body?.pipeThrough(count), answer);
}

function die() {
  process.kill(process.pid, "SIGKILL");
}

function shiftClock(ms: number) {
  const now = Date.now.bind(Date);
  Date.now = () => now() + ms;
  // Next replaces `Date` by a function with a copy of its own properties. Inherited properties are not copied, so a subclass
  // of `Date` would lose `Date.now`.
  globalThis.Date = new Proxy(Date, {
    construct: (target, given: [], self) =>
      Reflect.construct(target, given.length > 0 ? given : [Date.now()], self) as Date,
  });
}

const { FAILPOINT, CLOCK_SHIFT } = process.env;
if (FAILPOINT) armFailPoint(FAILPOINT);
if (CLOCK_SHIFT) shiftClock(Number(CLOCK_SHIFT));
