import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { listAccepted, createApi, setFaults, listRequestsAbout } from "../support/api";
import { isFull } from "../support/form";
import { createUser, type User } from "../support/users";
import { startStack, type Stack } from "../support/stack";

let stack: Stack;
let user: User;
let api: ReturnType<typeof createApi>;

beforeAll(async () => {
  stack = await startStack();
  user = await createUser(stack);
  api = createApi(stack, user);
});
afterEach(() => setFaults(stack, {}));
afterAll(() => stack?.stop());

const quick = { num_inference_steps: 25 };

/** The kills of the full form. The short form leaves out this test, because `tests/chaos` kills servers at random times. */
const KILLS = isFull ? [1] : [];

test.each(KILLS)("an image is saved when the server dies right after the submit, kill %i", async () => {
  const { id } = await api.create({ prompt: "a blackout", ...quick });
  await stack.killApp("SIGKILL");
  await stack.restartApp();
  expect((await api.saved(id)).images).toHaveLength(1);
  expect(await listAccepted(stack, "a blackout")).toHaveLength(1);
});

test("an image is saved when every webhook is lost", async () => {
  await setFaults(stack, { match: "no call", webhooks: { drop: true } });
  const { id } = await api.create({ prompt: "no call", ...quick });
  expect((await api.saved(id, 45_000)).images).toHaveLength(1);
});

test("without webhooks a known model costs at most six requests to Replicate", async () => {
  await stack.killApp("SIGTERM");
  const asking = await stack.addApp({ REPLICATE_WEBHOOK_SIGNING_SECRET: "" });
  const alone = createApi(asking, user);
  for (const prompt of ["asking once", "asking twice", "asking thrice"]) {
    expect((await alone.saved((await alone.create({ prompt, ...quick })).id)).images).toHaveLength(1);
  }
  const [remote] = await listAccepted(stack, "asking thrice");
  expect((await listRequestsAbout(stack, remote?.id ?? "")).length).toBeLessThanOrEqual(6);
  await asking.kill("SIGTERM");
  await stack.restartApp();
});

/** The short form leaves out this test, because `tests/chaos/two-instances.test.ts` tests the same with harder cases. */
const INSTANCES = isFull ? [2] : [];

test.each(INSTANCES)("%i instances on one database share the work and save each image once", async () => {
  const second = await stack.addApp();
  const other = createApi(second, user);
  const made = await Promise.all(
    Array.from({ length: 8 }, (_, number) =>
      (number % 2 ? api : other).create({ prompt: `shared ${number}`, ...quick }),
    ),
  );
  const saved = await Promise.all(made.map(({ id }, number) => (number % 2 ? other : api).saved(id)));
  expect(saved.map(({ images }) => images.length)).toEqual(Array(8).fill(1));
  expect(await listAccepted(stack, "shared ")).toHaveLength(8);
  await second.kill("SIGTERM");
});

test("all data is still there after a restart of everything", async () => {
  const before = await api.saved((await api.create({ prompt: "here to stay", ...quick })).id);
  await stack.killApp("SIGKILL");
  await stack.restartServices();
  await stack.restartApp();
  expect(await api.read(before.id)).toEqual(before);
  const image = await api.ask(before.images[0]?.url ?? "");
  expect((await image.arrayBuffer()).byteLength).toBe(before.images[0]?.bytes);
});
