import { expect, test } from "vitest";
import { createApi } from "../support/api";
import { fillGallery } from "../support/seed";
import { createUser } from "../support/users";
import { sendRequest, stack, type AppRequest } from "./support/send-request";
import { listEndpoints, isChange, withHeaders } from "./support/endpoints";
import { addFigures } from "./support/figures";
import { readForms, submitForm } from "./support/forms";
import { findNewestImage, seedRunning } from "./support/seed";
import { attack } from "./support/attack-table";

const user = await createUser(stack);
const { id } = await seedRunning(user, "5kq8m2v7n9rma0cattack00002");
await fillGallery(stack, user, 1);
const image = await findNewestImage(user);
const { host, port } = new URL(stack.appUrl);
const [account, theme] = await Promise.all([readForms("/login?with=account"), readForms("/dashboard/models", user)]);

type Sender = Record<string, string>;

// Headers that browsers add to requests from a page of another site. Old browsers add none of them.
const senders: Sender[] = [
  {},
  ...[
    "https://evil.example",
    "null",
    "https://localhost.evil.example",
    `https://${host}.evil.example`,
    `http://evil.example?${host}`,
    `http://evil.example#@${host}`,
    `http://localhost:${Number(port) + 1}`,
    "http://localhost",
    "garbage",
    "",
    `${stack.appUrl}, https://evil.example`,
    "file://",
    "chrome-extension://aaaa",
  ].flatMap((origin): Sender[] => [{ origin }, { origin, "sec-fetch-site": "cross-site" }]),
  ...["cross-site", "same-site", "none", "", "SAME-ORIGIN"].flatMap((site): Sender[] => [
    { "sec-fetch-site": site },
    ...(site === "" ? [] : [{ origin: stack.appUrl, "sec-fetch-site": site }]),
  ]),
];
// The content types and bodies of the requests. `application/json` needs a CORS preflight request, the other types do not.
const bodies: [type: string, body: BodyInit][] = [
  ["application/json", '{"input":{"prompt":"not mine to make"}}'],
  ["text/plain", '{"input":{"prompt":"not mine to make"}}'],
  ["application/x-www-form-urlencoded", 'input={"prompt":"not mine to make"}'],
  ["multipart/form-data; boundary=x", '--x\r\ncontent-disposition: form-data; name="input"\r\n\r\nx\r\n--x--\r\n'],
];

const creates = senders.flatMap((sender) =>
  bodies.map(([type, body]): AppRequest => ({
    path: "/api/replicate",
    method: "POST",
    in: user,
    headers: { "content-type": type, ...sender },
    body,
  })),
);
const changes = listEndpoints({ prediction: id, image }).filter(isChange);
const others = senders.flatMap((sender) => changes.map((endpoint) => ({ ...withHeaders(endpoint, sender), in: user })));
// The senders whose `Origin` or `Sec-Fetch-Site` names another site. `proxy.ts` refuses their forms. It accepts forms without
// these headers.
const foreign = senders.filter(
  ({ origin, "sec-fetch-site": site }) => (origin && origin !== stack.appUrl) || /site/.test(site ?? ""),
);
const forms = [...account.slice(-1), ...theme];
const actions = foreign.flatMap((headers) =>
  forms.map((form) =>
    submitForm(
      form,
      { email: `${Math.random()}@darkroom.test`, password: "correct horse battery", theme: "light" },
      { headers, in: user },
    ),
  ),
);
const forbidden = { status: 403, type: "forbidden_origin" };

attack({
  "creating a prediction from another site's page": [creates, forbidden],
  "every other change from another site's page": [others, forbidden],
  "the app's forms sent from another site's page": [actions, { status: 403 }],
  "CORS preflights from another site": [
    ["POST", "DELETE", "GET"].map((method) => ({
      path: method === "POST" ? "/api/replicate" : `/api/replicate/${id}`,
      method: "OPTIONS",
      headers: {
        origin: "https://evil.example",
        "access-control-request-method": method,
        "access-control-request-headers": "content-type,authorization",
      },
    })),
    { status: 204, headers: { "access-control-allow-origin": /^$/, "access-control-allow-credentials": /^$/ } },
  ],
  "reading from another site's page": [
    {
      path: "/api/replicate",
      in: user,
      headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    },
    { status: 200, headers: { "access-control-allow-origin": /^$/ } },
  ],
  "a cookie without an origin header or a token": [
    { ...creates[0], path: "/api/replicate", headers: { "content-type": "application/json" } },
    forbidden,
  ],
});

test("R20 the same requests from the app's page, or with a token, make predictions", async () => {
  const send = (headers: Record<string, string>, who: Partial<AppRequest>) =>
    sendRequest({
      path: "/api/replicate",
      method: "POST",
      ...who,
      headers: { "content-type": "application/json", ...headers },
      body: '{"input":{"prompt":"mine to make [slow]","num_inference_steps":1}}',
    });
  const made = await Promise.all([
    send({ origin: stack.appUrl, "sec-fetch-site": "same-origin" }, { in: user }),
    send({ "sec-fetch-site": "same-origin" }, { in: user }),
    send({ origin: stack.appUrl }, { in: user }),
    send({}, { as: user }),
    send({ origin: "https://evil.example", "sec-fetch-site": "cross-site" }, { as: user }),
  ]);
  expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  addFigures(stack, "R20", {
    "cross-site requests": creates.length + others.length + actions.length,
    "predictions made by them": 0,
  });
  const api = createApi(stack, user);
  const ids = made.map(({ text }) => (JSON.parse(text) as { id: string }).id);
  await Promise.all(ids.map((made) => api.ask(`/api/replicate/${made}`, { method: "DELETE" })));
  await Promise.all(ids.map((made) => api.ended(made)));
});
