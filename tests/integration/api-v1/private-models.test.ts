import { expect, inject, onTestFinished, test } from "vitest";
import { startAnotherApp } from "../../support/another-app";
import { createApi, listAccepted } from "../../support/api";
import { askApiV1, quickInput } from "../../support/api-v1";
import { trainPrivateModel } from "../../support/private-model";
import { sql } from "../../support/sql";
import { createUser } from "../../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const { model, version } = await trainPrivateModel(stack);
const ask = askApiV1(stack, user);
const api = createApi(stack, user);

test("a private model of the installation's account runs by no route and by no name", async () => {
  const input = quickInput("not for this user");
  const bodies = [version, `${model}:${version}`, model].map((name) => ({ version: name, input }));
  const answers = await Promise.all([
    ...bodies.map((body) => ask("/predictions", { body })),
    ...bodies.map((body) => api.submit(body)),
    api.submit({ model, input }),
    api.submit({ model, version, input }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 422));
  expect((await ask(`/models/${model}/predictions`, { body: { input } })).status).toBe(404);
  expect(await listAccepted(stack, "not for this user")).toEqual([]);
});

test("its version is refused as one that does not exist, even after another user has run it", async () => {
  const other = await createUser(stack);
  await sql(
    stack,
    `insert into predictions (user_id, idempotency_key, request_hash, model, version, input, status, next_at)
     values ('${other.id}', 'k', 'h', '${model}', '${version}', '{}', 'failed', null)`,
  );
  const refused = await ask("/predictions", { body: { version, input: quickInput("after another") } });
  const unknown = await ask("/predictions", { body: { version: "b".repeat(64), input: quickInput("after another") } });
  const text = (await refused.text()).replace(version.slice(0, 8), "bbbbbbbb");
  expect([refused.status, text]).toEqual([unknown.status, await unknown.text()]);
});

test("its page does not exist", async () => {
  const page = await fetch(`${stack.appUrl}/dashboard/models/${model}`, { headers: user.cookie });
  expect(await page.text()).not.toContain(version);
});

test("it runs if ALLOWED_MODELS names it", async () => {
  const app = await startAnotherApp(stack, { ALLOWED_MODELS: model });
  onTestFinished(() => app.stop());
  const named = askApiV1(app, user);
  const body = { version, input: quickInput("named by the operator") };
  expect((await named("/predictions", { body, headers: { prefer: "wait" } })).status).toBe(201);
});
