import { afterEach, expect, inject, test } from "vitest";
import { createApi, listAccepted, listRequestsAbout, setFaults } from "../support/api";
import { sql } from "../support/sql";
import { sweep } from "../support/sweep";
import { createUser } from "../support/users";

const stack = inject("stack");
const soon = { timeout: 30_000 };

afterEach(() => setFaults(stack, {}));

const deleteAccount = (id: string) => sql(stack, `delete from auth.users where id = '${id}'`);
/** Sweeps once, and returns the predictions' statuses at Replicate. */
async function remoteStatus(words: string) {
  await sweep(stack);
  return (await listAccepted(stack, words)).map(({ status }) => status);
}
/** Sweeps once, and returns which of these predictions still have a row in `cancellations`. */
async function left(...ids: string[]) {
  await sweep(stack);
  return sql(stack, `select prediction_id from cancellations where prediction_id in ('${ids.join("', '")}')`);
}

test("a prediction that runs while its user's account is deleted is canceled at Replicate", async () => {
  const user = await createUser(stack);
  const api = createApi(stack, user);
  const words = "left running [slow]";
  const { id } = await api.create({ prompt: words });
  await api.until(id, ({ status }) => status === "processing");
  await deleteAccount(user.id);
  await expect.poll(() => remoteStatus(words), soon).toEqual(["canceled"]);
  await expect.poll(() => left(id), soon).toEqual([]);
});

test("a cancel that fails is tried again", async () => {
  const user = await createUser(stack);
  const words = "left at a bad time [slow]";
  // Replicate's clock is slow, so that the run does not end before the cancel request is repeated.
  await setFaults(stack, { clock: 0.25, match: words, cancel: { status: 503, count: 1 } });
  await createApi(stack, user).create({ prompt: words });
  await deleteAccount(user.id);
  const [remote] = await listAccepted(stack, words);
  const listCancels = async () => {
    const requests = await listRequestsAbout(stack, remote?.id ?? "");
    return requests.filter(({ route }) => route.includes("cancel")).map(({ outcome }) => outcome);
  };
  await expect.poll(listCancels, soon).toEqual(["503"]);
  await sql(stack, `update cancellations set due_at = now() where replicate_id = '${remote?.id}'`);
  await expect.poll(() => remoteStatus(words), soon).toEqual(["canceled"]);
  expect(await listCancels()).toEqual(["503", "200"]);
});

test("a prediction whose id is first known after the account was deleted is canceled", async () => {
  const user = await createUser(stack);
  const words = "left without a word [slow]";
  // The response and the first webhooks are lost, and Replicate's list of predictions fails. So the app does not know
  // Replicate's id.
  await setFaults(stack, [
    { match: words, create: { drop: "after" }, webhooks: { drop: true } },
    { list: { status: 503 } },
  ]);
  await createApi(stack, user).create({ prompt: words });
  await deleteAccount(user.id);
  expect(await remoteStatus(words)).not.toContain("canceled");
  await setFaults(stack, {});
  await expect.poll(() => remoteStatus(words), soon).toEqual(["canceled"]);
});

test("a prediction that has ended is not canceled, and a row is not kept for ever", async () => {
  const user = await createUser(stack);
  const api = createApi(stack, user);
  const { id } = await api.create({ prompt: "left with nothing running", num_inference_steps: 1 });
  await api.ended(id);
  const old = crypto.randomUUID();
  await sql(stack, `insert into cancellations (prediction_id, ends_at) values ('${old}', now())`);
  await deleteAccount(user.id);
  await expect.poll(() => left(id, old), soon).toEqual([]);
  const [remote] = await listAccepted(stack, "left with nothing running");
  expect(await listRequestsAbout(stack, remote?.id ?? "")).not.toContainEqual(
    expect.objectContaining({ route: expect.stringContaining("cancel") }),
  );
});
