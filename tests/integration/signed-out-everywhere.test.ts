import { expect, inject, test } from "vitest";
import { createApi } from "../support/api";
import { fillGallery } from "../support/seed";
import { connectAsService, createUser, signIn } from "../support/users";

const stack = inject("stack");

test("five seconds after a user has signed out everywhere, another session reads nothing, not even an open poll", async () => {
  const user = await createUser(stack);
  await fillGallery(stack, user, 1);
  const images = connectAsService(stack).from("sdxl_images").select("id").eq("user_id", user.id);
  const { data: image } = await images.single().throwOnError();
  const { ask } = createApi(stack, await signIn(stack, user.email, user.password));
  const paths = ["/api/usage", "/api/replicate", `/api/media/${image.id}`, `/api/media/${image.id}?size=thumb`];
  const read = async () => Promise.all(paths.map(async (path) => (await ask(path)).status));
  expect(await read()).toEqual([200, 200, 200, 200]);
  const open = async (path: string) => {
    const etag = (await ask(path)).headers.get("etag") ?? "";
    return ask(path, { headers: { prefer: "wait=25", "if-none-match": etag } });
  };
  const poll = open("/api/replicate?status=active");

  const url = `${stack.supabaseUrl}/auth/v1/logout?scope=global`;
  const apikey = stack.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "";
  expect((await fetch(url, { method: "POST", headers: { ...user.bearer, apikey } })).status).toBe(204);
  const start = performance.now();
  await expect.poll(read, { timeout: 20_000, interval: 200 }).toEqual([401, 401, 404, 404]);
  expect((await poll).status).toBe(401);
  // Five seconds, and what the last round of requests has taken.
  expect(performance.now() - start).toBeLessThan(7_000);
});
