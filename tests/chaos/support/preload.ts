import { setTimeout as sleep } from "node:timers/promises";

// Loaded into a server before anything else (NODE_OPTIONS=--import, see `bench.ts`), to let it die at a chosen moment or
// live at another time. So the app that is examined is the one that is shipped: it holds nothing of this.
// FAILPOINT=name or name:n: at the n-th passing the process kills itself. CLOCK_SHIFT: milliseconds that its clock is ahead.

type Point = { method: string; path: RegExp; when: "before" | "half way" | "after" };

const rpc = (name: string) => new RegExp(`/rpc/${name}$`);
const upload = /\/storage\/v1\/object\/images\/.*\.(png|jpg|webp|gif)$/;
const create = /\/v1\/(models\/[^/]+\/[^/]+\/)?predictions$/;

/** Every step of a prediction's way is a request, so each moment between two steps is one before or after a request. */
export const POINTS = {
  /** The row is there; the create request has not left. */
  after_reserve: { method: "POST", path: create, when: "before" },
  /** Replicate has accepted; nobody has written down its answer. */
  after_create: { method: "POST", path: create, when: "after" },
  /** The end is known; nothing is copied. */
  after_apply: { method: "POST", path: rpc("update_prediction"), when: "after" },
  /** Half of the file is on its way into the storage. */
  mid_upload: { method: "POST", path: upload, when: "half way" },
  /** The file is stored; its row is missing. */
  after_upload: { method: "POST", path: upload, when: "after" },
  /** The row is there; the thumbnail is missing. */
  after_insert: { method: "POST", path: rpc("save_media"), when: "after" },
  /** The thumbnail is stored; the row does not know. */
  after_thumbnail: { method: "PATCH", path: /\/sdxl_images$/, when: "before" },
  /** Every file is kept; nobody has said so. */
  before_finish: { method: "POST", path: rpc("mark_prediction_saved"), when: "before" },
} satisfies Record<string, Point>;
export type FailPoint = keyof typeof POINTS;

function armFailPoint(wanted: string) {
  const [name = "", passing = "1"] = wanted.split(":");
  const point: Point | undefined = Object.entries(POINTS).find(([known]) => known === name)?.[1];
  if (!point) throw new Error(`There is no fail point ${name}.`);
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
    if (when === "half way") return original(await breakingOff(new Request(input, init)));
    const answer = await original(input, init);
    die();
    return answer;
  };
}

/** The same request, whose sender dies when half of its body has left. */
async function breakingOff(request: Request): Promise<Request> {
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
  // The types of the browser's fetch do not know that a stream needs `duplex`.
  const init = { method, headers, body, duplex: "half" };
  return new Request(url, init);
}

function die() {
  process.kill(process.pid, "SIGKILL");
}

function shiftClock(ms: number) {
  const now = Date.now.bind(Date);
  Date.now = () => now() + ms;
  // Next wraps the constructor and copies what is its own: a subclass would lose what it inherits.
  globalThis.Date = new Proxy(Date, {
    construct: (target, given: [], self) =>
      Reflect.construct(target, given.length > 0 ? given : [Date.now()], self) as Date,
  });
}

const { FAILPOINT, CLOCK_SHIFT } = process.env;
if (FAILPOINT) armFailPoint(FAILPOINT);
if (CLOCK_SHIFT) shiftClock(Number(CLOCK_SHIFT));
