import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { accepted, apiOf, fault, requestsAbout } from "../support/api";
import { createUser, type User } from "../support/users";
import { startStack, type Stack } from "../support/stack";

let stack: Stack;
let user: User;
let api: ReturnType<typeof apiOf>;

beforeAll(async () => {
  stack = await startStack();
  user = await createUser(stack);
  api = apiOf(stack, user);
});
afterEach(() => fault(stack, {}));
afterAll(() => stack?.stop());

const quick = { num_inference_steps: 25 };

test("an image is kept though the server dies right after the submit", async () => {
  const { id } = await api.create({ prompt: "a blackout", ...quick });
  await stack.killApp("SIGKILL");
  await stack.restartApp();
  expect((await api.saved(id)).images).toHaveLength(1);
  expect(await accepted(stack, "a blackout")).toHaveLength(1);
});

test("an image is kept when every webhook is lost", async () => {
  await fault(stack, { match: "no call", webhooks: { drop: true } });
  const { id } = await api.create({ prompt: "no call", ...quick });
  expect((await api.saved(id, 45_000)).images).toHaveLength(1);
});

test("where no webhook can reach us, a known model costs at most six requests", async () => {
  await stack.killApp("SIGTERM");
  const asking = await stack.addApp({ REPLICATE_WEBHOOK_SIGNING_SECRET: "" });
  const alone = apiOf(asking, user);
  for (const prompt of ["asking once", "asking twice", "asking thrice"]) {
    expect((await alone.saved((await alone.create({ prompt, ...quick })).id)).images).toHaveLength(1);
  }
  const [remote] = await accepted(stack, "asking thrice");
  expect((await requestsAbout(stack, remote?.id ?? "")).length).toBeLessThanOrEqual(6);
  await asking.kill("SIGTERM");
  await stack.restartApp();
});

test("two instances on one database share the work and keep each image once", async () => {
  const second = await stack.addApp();
  const other = apiOf(second, user);
  const made = await Promise.all(
    Array.from({ length: 8 }, (_, number) =>
      (number % 2 ? api : other).create({ prompt: `shared ${number}`, ...quick }),
    ),
  );
  const saved = await Promise.all(made.map(({ id }, number) => (number % 2 ? other : api).saved(id)));
  expect(saved.map(({ images }) => images.length)).toEqual(Array(8).fill(1));
  expect(await accepted(stack, "shared ")).toHaveLength(8);
  await second.kill("SIGTERM");
});

test("everything is still there after everything was restarted", async () => {
  const before = await api.saved((await api.create({ prompt: "here to stay", ...quick })).id);
  await stack.killApp("SIGKILL");
  await stack.restartServices();
  await stack.restartApp();
  expect(await api.read(before.id)).toEqual(before);
  const image = await api.ask(before.images[0]?.url ?? "");
  expect((await image.arrayBuffer()).byteLength).toBe(before.images[0]?.bytes);
});
