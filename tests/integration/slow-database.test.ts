import pLimit from "p-limit";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { startFaultProxy } from "../chaos/support/fault-proxy";
import { startAnotherApp } from "../support/another-app";
import { createApi } from "../support/api";
import { seedRows } from "../support/rows";
import { fillGallery } from "../support/seed";
import { connectAsService, createUser, expire, signIn } from "../support/users";

const stack = inject("stack");
/** The time that Supabase takes for each request (ms). */
const DELAY = 2_000;
let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
let app: Awaited<ReturnType<typeof startAnotherApp>>;

beforeAll(async () => {
  proxy = await startFaultProxy(stack.supabaseUrl);
  app = await startAnotherApp(stack, { NEXT_PUBLIC_SUPABASE_URL: proxy.url });
});
afterEach(() => proxy.set());
afterAll(async () => {
  await app?.stop();
  proxy?.close();
});

/**
 * Sends a request. Returns its path, its status, and how many slow responses of Supabase it has waited for, one after the
 * other.
 */
async function countWaits(path: string, headers: Record<string, string>) {
  const start = performance.now();
  const answer = await fetch(app.appUrl + path, { headers, redirect: "manual" });
  await answer.arrayBuffer();
  return [path, answer.status, Math.floor((performance.now() - start) / DELAY)];
}

test("a request waits for at most two slow answers in a row, even if its user is not known yet", async () => {
  const owner = await createUser(stack);
  await fillGallery(stack, owner, 1);
  const { predictions } = await seedRows(stack, owner);
  const images = connectAsService(stack).from("sdxl_images").select("id").eq("user_id", owner.id).eq("width", 96);
  const { data: image } = await images.single().throwOnError();
  const waits = {
    [`/api/replicate/${predictions.id}`]: 1,
    "/api/replicate?status=active": 1,
    "/api/replicate": 2,
    [`/api/media/${image.id}`]: 2,
    [`/api/media/${image.id}/lineage`]: 1,
    "/api/media": 2,
    "/api/usage": 2,
    "/dashboard/generate": 2,
    [`/dashboard/generate?from=${image.id}`]: 2,
    "/dashboard/gallery": 2,
    "/dashboard/history": 2,
    "/dashboard/models": 2,
  };
  const send = async (path: string) => {
    // Each request has its own session. So the app has not verified its token before, and must ask Supabase.
    const { cookie, bearer } = await signIn(stack, owner.email, owner.password);
    return countWaits(path, path.startsWith("/dashboard") ? cookie : bearer);
  };
  // These first requests load the code of all routes.
  await Promise.all(Object.keys(waits).map(send));
  await proxy.set([{ what: { delay: DELAY } }]);
  // Only three requests run at the same time, so that they wait for Supabase and not for the processor.
  const limit = pLimit(3);
  const counted = await limit.map(Object.keys(waits), send);
  expect(counted).toEqual(Object.entries(waits).map(([path, count]) => [path, 200, count]));
});

test("renewing a session also tells who the user is", async () => {
  const paths = ["/api/usage", "/dashboard/gallery"];
  const users = await Promise.all(paths.map(() => createUser(stack)));
  await proxy.set([{ what: { delay: DELAY } }]);
  const counted = await Promise.all(users.map((user, index) => countWaits(paths[index] ?? "", expire(user))));
  expect(counted).toEqual(paths.map((path) => [path, 200, 2]));
});

test("a create waits for at most two slow answers in a row, and Replicate's response is saved after its own", async () => {
  const [first, second] = [await createUser(stack), await createUser(stack)];
  const quick = { num_inference_steps: 1, width: 64, height: 64 };
  // This first prediction puts the model's version into the cache of the app.
  await createApi(app, first).create({ prompt: "quick at first", ...quick });
  const api = createApi(app, second);
  await proxy.set([{ what: { delay: DELAY } }]);
  const start = performance.now();
  const created = await api.create({ prompt: "slow to write down", ...quick });
  expect(Math.floor((performance.now() - start) / DELAY)).toBe(2);
  expect(created.status).toBe("starting");
  await proxy.set();
  expect((await api.ended(created.id)).status).toBe("succeeded");
});
