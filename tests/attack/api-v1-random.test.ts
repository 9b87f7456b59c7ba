import fc from "fast-check";
import { expect, test } from "vitest";
import { isFull, size } from "../support/form";
import { SDXL } from "../support/api-v1";
import { makeKey } from "../support/keys";
import { createUser } from "../support/users";
import { sendRequest, stack, type AppRequest } from "./support/send-request";

// Random requests to /api/v1. `sendRequest` throws if a response is a 5xx, contains a secret, may be cached, or is an error in
// another format than that of Replicate's API. The full form uses a random seed, the short form a fixed one. A failure prints
// its seed.
const settings = { numRuns: size(80, 3_000), ...(!isFull && { seed: 1 }) };

const scopes = ["predict", "read", "manage"];
const { key } = await makeKey(stack, await createUser(stack), { scopes });
const authorization = `Bearer ${key}`;
const send = ({ headers, ...request }: AppRequest) =>
  sendRequest({ ...request, headers: { authorization, ...headers } });

/** A text of any characters, including characters that Postgres or UTF-8 cannot store. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 50 }),
  fc.string({ maxLength: 20 }),
  fc.constantFrom("\u0000", "\ud800", "__proto__", "constructor", "1e999", "-0", "' or 1=1 --", "%00", "%ff", "../.."),
);
const value = fc.oneof(text, fc.double(), fc.jsonValue({ maxDepth: 4 }));
/** A value that a header may have. */
const header = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCodePoint(code)) });
const duration = fc.oneof(
  fc.constant("5m"),
  fc.string({ unit: fc.constantFrom("1", "9", "0", "h", "m", "s", ".", "-"), minLength: 1 }),
  header,
);

const reference = fc.oneof(
  fc.constantFrom("replicate/hello-world", SDXL, `stability-ai/sdxl:${SDXL}`, "nobody/nothing", "stability-ai/sdxl:"),
  text,
  value,
);
const input = fc.oneof(
  fc.dictionary(text, value, { maxKeys: 4 }),
  fc.record({ text }),
  fc.record({ prompt: value, image: value }),
  value,
);
const webhook = fc.oneof(fc.webUrl(), text, value);
const events = fc.oneof(fc.array(fc.constantFrom("start", "output", "logs", "completed", "end")), value);
const more = { webhook, webhook_events_filter: events, stream: value };
const newPrediction = fc.record({ version: reference, input, ...more }, { requiredKeys: ["input"] });
const body = fc.oneof(
  { weight: 6, arbitrary: newPrediction.map((json) => JSON.stringify(json)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)) },
);
const byName = fc.constantFrom("/models/replicate/hello-world/predictions", "/models/a/b/predictions");
const [ofVersion, hello] = [fc.constant("/predictions"), { input: fc.record({ text }) }];
/** Bodies that are valid unless their text is invalid. Most bodies of `body` are invalid. */
const plausible = fc.record(hello).map((json) => JSON.stringify(json));
const plausibleVersion = fc
  .record({ version: fc.constant("replicate/hello-world"), ...hello })
  .map((json) => JSON.stringify(json));
const request = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.oneof(ofVersion, byName), body) },
  { weight: 1, arbitrary: fc.tuple(byName, plausible) },
  { weight: 1, arbitrary: fc.tuple(ofVersion, plausibleVersion) },
);
const createHeaders = fc.record(
  { "cancel-after": duration, "idempotency-key": header, prefer: header.filter((words) => !/wait/i.test(words)) },
  { requiredKeys: [] },
);

test("POST of a prediction refuses or starts whatever it is sent", async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(request, createHeaders, async ([rest, given], extra) => {
      const headers = { "content-type": "application/json", ...extra };
      const { status } = await send({ path: `/api/v1${rest}`, method: "POST", body: given, headers });
      seen.add(status);
      expect([201, 400, 402, 404, 409, 413, 415, 422, 429]).toContain(status);
    }),
    settings,
  );
  // The random requests have led to all these statuses, so not all were refused for the same reason.
  expect([...seen]).toEqual(expect.arrayContaining([201, 400, 404, 422]));
});

const LISTS = ["predictions", "files", "models", "collections", "search", "models/stability-ai/sdxl/versions"];
const names = ["cursor", "created_after", "created_before", "source", "sort_by", "sort_direction", "query", "limit"];
const cursor = fc.tuple(fc.date({ noInvalidDate: true }), fc.uuid()).map((parts) => parts.join("_"));
const time = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
const parameter = fc.oneof(
  text.map((given) => given.toWellFormed()),
  cursor,
  cursor.map((given) => Buffer.from(given).toString("base64url")),
  time,
);

test("lists answer or refuse whatever query they are sent", async () => {
  const query = fc.dictionary(fc.constantFrom(...names), parameter, { maxKeys: 3 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...LISTS), query, async (list, given) => {
      const { status } = await send({ path: `/api/v1/${list}?${new URLSearchParams(given)}` });
      expect([200, 400, 404, 429]).toContain(status);
    }),
    settings,
  );
});

const partName = fc.oneof(fc.constantFrom("content", "metadata", "filename", "type", "metadata[a]"), fc.string());
const part = fc.record({ name: partName, file: fc.boolean(), content: text, filename: text });

test("POST of a file saves or refuses whatever form it is sent", async () => {
  const form = fc.array(part, { maxLength: 4 }).map((parts) => {
    const given = new FormData();
    for (const { name, file, content, filename } of parts) {
      if (file) given.append(name, new Blob([content]), filename);
      else given.append(name, content);
    }
    return given;
  });
  const raw = fc.tuple(
    fc.constant("multipart/form-data; boundary=x"),
    fc.oneof(
      text,
      text.map((one) => `--x\r\n${one}\r\n--x--`),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(form, raw), async (given) => {
      const sent = Array.isArray(given) ? { body: given[1], headers: { "content-type": given[0] } } : { body: given };
      const { status } = await send({ path: "/api/v1/files", method: "POST", ...sent });
      expect([201, 400, 402, 413, 415, 422, 429]).toContain(status);
    }),
    settings,
  );
});

test("a path of any segments is answered", async () => {
  const segment = fc.oneof(
    fc.constantFrom(
      "predictions",
      "models",
      "files",
      "outputs",
      "streams",
      "collections",
      "versions",
      "cancel",
      "stability-ai",
      "sdxl",
    ),
    fc.uuid(),
    text.map((given) => encodeURIComponent(given.toWellFormed())),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 5 }), async (segments) => {
      const { status } = await send({ path: `/api/v1/${segments.join("/")}` });
      expect([200, 308, 400, 404, 405, 429]).toContain(status);
    }),
    settings,
  );
});
