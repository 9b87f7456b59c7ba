import { expect, inject, test } from "vitest";
import { createApi, listAccepted } from "../support/api";
import { readEvents } from "../support/read-events";
import { fillGallery } from "../support/seed";
import { uploadPng } from "../support/uploads";
import { connectAsService, createUser, signIn } from "../support/users";

const stack = inject("stack");

test("five seconds after a user has signed out everywhere, no page, file, request or open stream of another session works", async () => {
  const user = await createUser(stack);
  await fillGallery(stack, user, 1);
  const images = connectAsService(stack).from("sdxl_images").select("id").eq("user_id", user.id);
  const { data: image } = await images.single().throwOnError();
  const session = await signIn(stack, user.email, user.password);
  const api = createApi(stack, session);
  const upload = await uploadPng(api, 7);
  const prompt = `a story read in two browsers [slow]${", word".repeat(60)}`;
  const { id } = await api.create({ prompt }, { model: "meta/meta-llama-3-8b-instruct" });
  await expect.poll(() => listAccepted(stack, prompt)).toHaveLength(1);

  const reads = [
    "/api/usage",
    "/api/replicate",
    "/api/uploads",
    `/api/replicate/${id}`,
    `/api/media/zip?ids=${image.id}`,
  ];
  const files = [`/api/media/${image.id}`, `/api/media/${image.id}?size=thumb`, `/api/uploads/${upload.id}`];
  const pages = ["/dashboard/gallery", "/dashboard/history"];
  const browser = { headers: session.cookie, redirect: "manual" } as const;
  const knock = async () => ({
    reads: await Promise.all(reads.map(async (path) => (await api.ask(path)).status)),
    files: await Promise.all(files.map(async (path) => (await api.ask(path)).status)),
    filesInPages: await Promise.all(files.map(async (path) => (await fetch(stack.appUrl + path, browser)).status)),
    pages: await Promise.all(
      pages.map(async (path) => (await fetch(stack.appUrl + path, browser)).headers.get("location")),
    ),
    write: (await api.submit({ input: {} })).status,
  });
  expect(await knock()).toEqual({
    reads: reads.map(() => 200),
    files: files.map(() => 200),
    filesInPages: files.map(() => 200),
    pages: [null, null],
    write: 422,
  });
  const active = "/api/replicate?status=active";
  const pollUntilRefused = async () => {
    let response = await api.ask(active);
    while (response.ok) {
      const etag = response.headers.get("etag") ?? "";
      response = await api.ask(active, { headers: { prefer: "wait=25", "if-none-match": etag } });
    }
    return response.status;
  };
  const poll = pollUntilRefused();
  const stream = readEvents(await api.ask(`/api/replicate/${id}/stream`)).catch(() => "cut");

  const url = `${stack.supabaseUrl}/auth/v1/logout?scope=global`;
  const apikey = stack.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "";
  expect((await fetch(url, { method: "POST", headers: { ...user.bearer, apikey } })).status).toBe(204);
  const start = performance.now();
  await expect.poll(knock, { timeout: 20_000, interval: 200 }).toEqual({
    reads: reads.map(() => 401),
    files: files.map(() => 404),
    filesInPages: files.map(() => 404),
    pages: pages.map((path) => `/login?next=${encodeURIComponent(path)}`),
    write: 401,
  });
  expect(await poll).toBe(401);
  await stream;
  // Each server trusts a verified token for five seconds. Three more seconds are for the last poll, which may be slow.
  expect(performance.now() - start).toBeLessThan(8_000);
});
