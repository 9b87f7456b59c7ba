import { afterEach, expect, inject, test } from "vitest";
import { createApi, listAccepted, setFaults } from "../support/api";
import { deliverWebhook, waitForRemoteEnd } from "../support/deliver-webhook";
import { readUsed, sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const used = () => readUsed(stack, user.id);

afterEach(() => setFaults(stack, {}));

/**
 * Changes the row of a prediction as if its create request was sent three minutes ago, and makes the row due. So the next sweep
 * finds the result or gives up the prediction.
 */
const age = (id: string) =>
  sql(
    stack,
    `update predictions set sent_at = now() - interval '3 minutes', attempts = 5, next_at = now(), lease_until = null
     where id = '${id}'`,
  );
const isProvisional = ({ provisional }: { provisional: boolean }) => provisional;

test("a result that arrives after we had given up is saved, and counted once", async () => {
  const before = await used();
  const words = "a fox that Replicate does not list";
  // The response is lost, no webhook arrives, and `created_at` in Replicate's list is too old, so that the app cannot find the
  // prediction.
  const lost = { match: words, create: { drop: "after" }, webhooks: { drop: true } };
  await setFaults(stack, { ...lost, fields: { created_at: "2020-01-01T00:00:00Z" } });
  const { id } = await api.create({ prompt: words, num_inference_steps: 5 });
  const [accepted] = await listAccepted(stack, words);
  const remote = await waitForRemoteEnd(stack, accepted?.id ?? "");
  await age(id);
  expect(await api.until(id, isProvisional)).toMatchObject({ status: "failed", error_code: "provider_unreachable" });
  expect(await used()).toBe(before);

  const late = await deliverWebhook(stack, { prediction: id, body: remote });
  expect(await late.json()).toEqual({ received: true });
  const saved = await api.saved(id);
  expect(saved).toMatchObject({ status: "succeeded", provisional: false, error: null, error_code: null });
  expect(saved.images).toHaveLength(1);
  expect(await used()).toBe(before + 1);

  await deliverWebhook(stack, { prediction: id, body: { ...remote, status: "failed" } });
  expect(await api.read(id)).toEqual(saved);
  expect(await used()).toBe(before + 1);
});

test("a prediction that Replicate did not know for minutes is found again without a webhook", async () => {
  const words = "a fox that is unknown for a while";
  await setFaults(stack, { match: words, get: { status: 404 }, webhooks: { drop: true } });
  const { id } = await api.create({ prompt: words, num_inference_steps: 5 });
  await age(id);
  expect(await api.until(id, isProvisional)).toMatchObject({ status: "failed", error_code: "provider_unreachable" });
  const [remote] = await listAccepted(stack, words);
  await setFaults(stack, {});
  await waitForRemoteEnd(stack, remote?.id ?? "");
  await age(id);
  expect((await api.saved(id)).images).toHaveLength(1);
});

test("a canceled prediction that never ran costs nothing, although Replicate says when it started", async () => {
  const before = await used();
  await setFaults(stack, { clock: 0.001 });
  const { id } = await api.create({ prompt: "a fox that never ran" });
  await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect(await api.ended(id)).toMatchObject({ status: "canceled", started_at: expect.any(String) });
  expect(await used()).toBe(before);
});
