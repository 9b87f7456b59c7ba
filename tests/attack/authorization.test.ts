import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createApi, readLedger } from "../support/api";
import { size } from "../support/form";
import { fillGallery } from "../support/seed";
import { createUser } from "../support/users";
import { sendRequest, parseBody, stack, type Answer, type AppRequest } from "./support/send-request";
import { listEndpoints, withHeaders } from "./support/endpoints";
import { quantile } from "../support/quantile";
import { addFigures } from "./support/figures";
import { findNewestImage, seedRunning, seedUpload } from "./support/seed";
import { attack } from "./support/attack-table";
import { forgeTokens } from "./support/tokens";

const owner = await createUser(stack);
const stranger = await createUser(stack);
const replicateId = "5kq8m2v7n9rma0cattack00001";
const prediction = await seedRunning(owner, replicateId);
await fillGallery(stack, owner, 1);
const image = { id: await findNewestImage(owner) };
const upload = await seedUpload(owner);

const unknown = randomUUID();
const PAIRS = size(8, 20);
const slower: number[] = [];
const endpoints = listEndpoints({ prediction: prediction.id, image: image.id });
const using = (headers: Record<string, string>) =>
  endpoints.map((endpoint) => withHeaders(endpoint, { origin: stack.appUrl, ...headers }));
const as = (user: typeof owner) => (endpoint: AppRequest) => ({ ...endpoint, as: user });
const bearer = (token: string) => using({ authorization: `Bearer ${token}` });
/** The endpoints whose path contains the id of the prediction or the image. */
const things = endpoints.filter(({ path }) => path.includes(prediction.id) || path.includes(image.id));

const unauthenticated = { status: 401, type: "unauthenticated" };
const notFound = { status: 404, type: "not_found" };
const notIds = [
  "1",
  "x",
  "..%2faccount",
  "%2e%2e%2faccount",
  "a".repeat(5000),
  replicateId,
  "00000000",
  `${unknown}x`,
  "null",
  "%00",
  "%0d%0aX-Evil:%201",
  "'or'1'='1",
  "{id}",
  unknown.replaceAll("-", ""),
];

attack({
  "no authorization": [using({}), unauthenticated],
  "an invalid token": [
    ["x.y.z", "null", "undefined", stack.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? ""].flatMap(bearer),
    unauthenticated,
  ],
  "a token that is forged, unsigned or expired": [forgeTokens(owner, stranger).flatMap(bearer), unauthenticated],
  "another authorization scheme": [
    [`Basic ${btoa(`${owner.email}:${owner.password}`)}`, owner.accessToken, "Bearer", "Bearer "].flatMap(
      (authorization) => using({ authorization }),
    ),
    unauthenticated,
  ],
  "an invalid session cookie": [
    ["sb-127-auth-token=x", "sb-127-auth-token=base64-e30", `${owner.cookie.Cookie.slice(0, 200)}`].flatMap((cookie) =>
      using({ cookie }),
    ),
    unauthenticated,
  ],
  "an invalid id": [
    notIds.flatMap((id) =>
      [
        ...listEndpoints({ prediction: id, image: id }).filter(({ path }) => path.includes(`/${id}`)),
        { path: `/api/media/${id}` },
      ].map(as(owner)),
    ),
    notFound,
  ],
  "another user's id": [things.map(as(stranger)), { ...notFound, without: [prediction.id, image.id, "secret garden"] }],
  "another user's images in a list": [
    endpoints.filter(({ body }) => body?.toString().includes(image.id)).map(as(stranger)),
    { status: 200, without: [image.id] },
  ],
  "Replicate's id of the user's own prediction": [{ path: `/api/replicate/${replicateId}`, as: owner }, notFound],
  "an unknown status": [
    ["all", "", "active,failed", "ACTIVE"].map((status) => ({
      path: `/api/replicate?status=${status}`,
      as: owner,
    })),
    { status: 400, type: "invalid_query" },
  ],
  "an answer is private and shows no internal fields": [
    [
      { path: `/api/replicate/${prediction.id}`, as: owner },
      { path: "/api/replicate", as: owner },
      { path: "/api/replicate?status=active", as: owner },
      { path: "/api/usage", as: owner },
      { path: "/api/media", as: owner },
      { path: `/api/media/zip?ids=${image.id}`, as: owner },
    ],
    {
      status: 200,
      headers: { "cache-control": "private, no-store", vary: /\bcookie\b/i, "x-content-type-options": "nosniff" },
      without: ["webhook", replicateId, "lease", "idempotency_key", "request_hash", owner.id],
    },
  ],
  "a hundred reads": [
    Array.from({ length: 100 }, () => ({ path: `/api/replicate/${prediction.id}`, as: owner })),
    { status: 200 },
  ],
  "an image without a session, or with another user's": [
    ["", "?size=thumb", "?download", "?token=x", "?share=x"].flatMap((query) => [
      { path: `/api/media/${image.id}${query}` },
      { path: `/api/media/${image.id}${query}`, as: stranger },
      { path: `/api/media/${image.id}${query}`, in: stranger },
    ]),
    notFound,
  ],
  "another user's image with a range or an ETag": [
    (
      [
        ["range", "bytes=0-10"],
        ["if-none-match", "*"],
        ["if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT"],
      ] as const
    ).map(([name, value]) => ({ path: `/api/media/${image.id}`, as: stranger, headers: { [name]: value } })),
    notFound,
  ],
});

test("reads send no request to Replicate", async () => {
  // Counts only the requests about this prediction, because the app may still poll predictions of other tests.
  const asked = async () =>
    (await readLedger(stack)).requests.filter(({ prediction: id }) => id === replicateId).length;
  const before = await asked();
  for (let look = 0; look < 20; look += 1) await sendRequest({ path: `/api/replicate/${prediction.id}`, as: owner });
  expect(await asked()).toBe(before);
});

const places = [
  ...things,
  { path: `/api/media/${image.id}` },
  { path: `/api/media/${image.id}?size=thumb` },
  { path: `/api/uploads/${upload}` },
];

test.each(places)("R15 $method $path of another user gets the same answer as a missing one", async (endpoint) => {
  const measureAnswer = async (request: AppRequest) => {
    const start = performance.now();
    const answer = await sendRequest({ ...request, as: stranger });
    return { time: performance.now() - start, shown: describeAnswer(answer) };
  };
  const withUnknownIds = () => ({
    ...endpoint,
    path: [prediction.id, image.id, upload].reduce((path, id) => path.replace(id, randomUUID()), endpoint.path),
  });
  const pairs: [Awaited<ReturnType<typeof measureAnswer>>, Awaited<ReturnType<typeof measureAnswer>>][] = [];
  for (let index = 0; index < PAIRS; index += 1)
    pairs.push([await measureAnswer(endpoint), await measureAnswer(withUnknownIds())]);
  const different = pairs.filter(([foreign, none]) => foreign.shown !== none.shown);
  const median = (side: 0 | 1) =>
    quantile(
      pairs.map((pair) => pair[side].time),
      0.5,
    );
  addFigures(stack, "R15", { endpoints: 1, "pairs asked": pairs.length, "pairs that differ": different.length });
  slower.push(Math.abs(median(0) - median(1)));
  expect(different).toEqual([]);
});

test("R15 another user's and missing ones take the same time", () => {
  addFigures(stack, "R15", { "most ms between the medians": Math.max(...slower).toFixed(1) });
  expect(quantile(slower, 0.5)).toBeLessThan(20);
});

test("the same key of two users creates two predictions", async () => {
  const key = { "idempotency-key": randomUUID() };
  const request = { input: { prompt: "the same key [slow]", num_inference_steps: 1 } };
  const apis = [createApi(stack, owner), createApi(stack, stranger)];
  const ids = await Promise.all(
    apis.map(async (api) => ((await (await api.submit(request, key)).json()) as { id: string }).id),
  );
  expect(new Set(ids).size).toBe(2);
  await Promise.all(apis.map((api, index) => api.ask(`/api/replicate/${ids[index]}`, { method: "DELETE" })));
  await Promise.all(apis.map((api, index) => api.ended(ids[index] ?? "")));
});

/** Returns everything that the client sees of a response, except the date and the request id. */
function describeAnswer(answer: Answer): string {
  const headers = [...answer.headers].filter(([name]) => name !== "date");
  return JSON.stringify([answer.status, headers, { ...parseBody(answer), request_id: null }]);
}
