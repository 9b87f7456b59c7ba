import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isFull } from "../support/form";
import { createUser } from "../support/users";
import { sendRequest, stack, type AppRequest } from "./support/send-request";
import { addFigures } from "./support/figures";
import { attack } from "./support/attack-table";

type Actions = Record<string, { exportedName: string; filename: string; workers: Record<string, unknown> }>;

// This manifest of the build lists every server action, with its id.
const manifest = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")) as { node: Actions };
const actions = Object.entries(manifest.node).map(([id, { exportedName, workers }]) => {
  const page = Object.keys(workers).find((name) => !name.includes("[")) ?? "";
  return { id, name: exportedName, path: page.replace(/^app/, "").replace(/\/page$/, "") };
});
const user = await createUser(stack);
/** Only this user calls the actions that sign out, because they end the session even if their arguments are wrong. */
const leaver = await createUser(stack);

const parts = { "content-type": "multipart/form-data; boundary=x" };
const text = { "content-type": "text/plain;charset=UTF-8" };
/** Arguments that are valid in React's encoding, but wrong for every action that takes arguments. */
const wrong = [
  "[]",
  "[null,null]",
  '["x","x"]',
  "[1,2,3]",
  "[[],[[]]]",
  "[{},{}]",
  '[{"get":1},{"get":"x"}]',
  '["$undefined","$undefined"]',
  '["$NaN","$NaN"]',
  '["$n99999999999999999999","$n1"]',
  '["$D2026-01-01","$D2026-01-01"]',
  '["__proto__","constructor"]',
  '["../../account","../../account"]',
  `["${"x".repeat(100_000)}","${"x".repeat(100_000)}"]`,
  `[${"[".repeat(500)}${"]".repeat(500)}]`,
  '[{"cursor":1,"filter":2}]',
  '[{"cursor":"x","filter":{"q":["a"],"model":{},"from":"0000-00-00","to":1e9}}]',
  '[{"cursor":"x","filter":{"q":"a\\u0000\\ud800","model":"a/b","from":"2026-02-31"}}]',
  JSON.stringify([{ cursor: Buffer.from('["2026","),or(id.neq.x"]').toString("base64url"), filter: {} }]),
];

/** Arguments that React cannot decode, or decodes to values that no page sends. */
const undecodable = [
  "",
  "{",
  "a=b",
  '{"then":"x"}',
  '["$F1"]',
  '["$1"]',
  '["$@1"]',
  '["$Q1","$W1"]',
  '["$h1"]',
  '["$T"]',
  '[{"then":"x"}]',
  '[{"then":"$F1"},{"then":1}]',
  '[null,{"get":{"then":"$1"}}]',
  `[${"1,".repeat(2000)}1]`,
];

/** A form argument with files and unexpected fields. */
function createForm(): FormData {
  const body = new FormData();
  for (const name of ["email", "password", "theme", "model", "key"]) body.append(`1_${name}`, new Blob(["x"]), "x");
  body.append("1_next", "//evil.example");
  body.append("1_input.prompt", "\0");
  body.append("0", '["$K1","$K1"]');
  return body;
}

function callAction(
  { id, name, path }: (typeof actions)[number],
  body: BodyInit,
  headers: Record<string, string> = {},
): AppRequest {
  const who = name.startsWith("signOut") ? leaver : user;
  return { path, method: "POST", in: who, headers: { origin: stack.appUrl, "next-action": id, ...headers }, body };
}

attack({
  "wrong arguments of server actions": [
    // In the short form, each action gets a third of the arguments, and each argument is sent to a third of the actions.
    actions.flatMap((action, at) =>
      wrong.filter((_, n) => isFull || (n + at) % 3 === 0).map((body) => callAction(action, body, text)),
    ),
    { status: [200, 303, 404] },
  ],
  "arguments of server actions that cannot be decoded": [
    actions.flatMap((action, at) => [
      ...undecodable.filter((_, n) => isFull || (n + at) % 3 === 0).map((body) => callAction(action, body, text)),
      callAction(action, '--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n["$F1"]\r\n--x--\r\n', parts),
    ]),
    { status: 400 },
  ],
  "forms that cannot be decoded": [
    ["garbage", "", '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb'].map((body) => ({
      path: "/login",
      method: "POST",
      headers: { origin: stack.appUrl, ...parts },
      body,
    })),
    { status: 400 },
  ],
  "forms with files": [
    actions.map((action) => callAction(action, createForm())),
    { status: [200, 303, 400, 404], headers: { "x-action-redirect": /^(?!.*evil)/ } },
  ],
});

test("every action was called", async () => {
  const names = actions.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["setTheme", "signOut", "signIn", "startPrediction", "loadOlder"]));
  addFigures(stack, "actions", { "calls of actions with other arguments": actions.length * (wrong.length + 1) });
  expect((await sendRequest({ path: "/api/health" })).status).toBe(200);
});
