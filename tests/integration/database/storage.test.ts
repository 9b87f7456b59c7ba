import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { sql } from "../../support/sql";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack).storage;
const png = (text: string) => new Blob([text], { type: "image/png" });
const contentType = "image/png";

let owner: User;
let stranger: User;
let path: string;

beforeAll(async () => {
  owner = await createUser(stack);
  stranger = await createUser(stack);
});

beforeEach(async () => {
  path = `${owner.id}/${randomUUID()}/0.png`;
  const { error } = await service.from("images").upload(path, png("the owner's image"), { contentType });
  if (error) throw error;
});

async function storedBytes(): Promise<string | undefined> {
  const { data } = await service.from("images").download(path);
  return data?.text();
}

/** Counts only the objects of this test, because the app may still be saving files of other tests. */
const countObjects = () =>
  sql(stack, `select count(*)::int as n from storage.objects where name ~ '^(${owner.id}|${stranger.id}|elsewhere)/'`);

// These are attempts by the owner. tests/attack/isolation.test.ts makes the same attempts as another user and as a visitor.
describe("the owner, without the app,", () => {
  const images = () => owner.supabase.storage.from("images");

  test("lists nothing", async () => {
    for (const folder of ["", owner.id, path.slice(0, path.lastIndexOf("/"))]) {
      const { data } = await images().list(folder);
      expect(data ?? []).toEqual([]);
    }
  });

  test("reads no bytes", async () => {
    expect((await images().download(path)).data).toBeNull();
    expect((await images().info(path)).data).toBeNull();
    expect((await images().createSignedUrl(path, 60)).data).toBeNull();
    const publicly = await fetch(images().getPublicUrl(path).data.publicUrl);
    expect(publicly.status).toBeGreaterThanOrEqual(400);
    expect(await publicly.text()).not.toContain("the owner's image");
  });

  test("uploads nothing", async () => {
    const before = await countObjects();
    for (const folder of [owner.id, stranger.id, "elsewhere"]) {
      expect((await images().upload(`${folder}/new.png`, png("x"), { contentType })).error).not.toBeNull();
      expect((await images().createSignedUploadUrl(`${folder}/new.png`)).data).toBeNull();
    }
    expect(await countObjects()).toEqual(before);
  });

  test("overwrites, moves, copies and deletes nothing", async () => {
    const before = await countObjects();
    expect((await images().upload(path, png("mine"), { contentType, upsert: true })).error).not.toBeNull();
    expect((await images().update(path, png("mine"), { contentType })).error).not.toBeNull();
    expect((await images().move(path, `${stranger.id}/moved.png`)).error).not.toBeNull();
    expect((await images().copy(path, `${stranger.id}/copied.png`)).error).not.toBeNull();
    expect((await images().remove([path])).data ?? []).toEqual([]);
    expect(await storedBytes()).toBe("the owner's image");
    expect(await countObjects()).toEqual(before);
  });

  test("cannot publish, empty, delete or create a bucket", async () => {
    await owner.supabase.storage.updateBucket("images", { public: true });
    await owner.supabase.storage.emptyBucket("images");
    await owner.supabase.storage.deleteBucket("images");
    await owner.supabase.storage.createBucket("mine", { public: true });
    expect(await sql(stack, "select id, public from storage.buckets")).toEqual([{ id: "images", public: false }]);
    expect(await storedBytes()).toBe("the owner's image");
  });
});

test("the storage tables have no policies for clients", async () => {
  expect(await sql(stack, "select policyname from pg_policies where schemaname = 'storage'")).toEqual([]);
  const open =
    "select relname from pg_class where relnamespace = 'storage'::regnamespace and relkind = 'r' and not relrowsecurity";
  expect(await sql(stack, open)).toEqual([]);
});

test("a signed URL from the server serves the bytes, and a changed one does not", async () => {
  const { data } = await service.from("images").createSignedUrl(path, 60);
  const url = data?.signedUrl ?? "";
  expect(await (await fetch(url)).text()).toBe("the owner's image");
  const changed = await fetch(url.slice(0, -2));
  expect(changed.ok).toBe(false);
  expect(await changed.text()).not.toContain("the owner's image");
});
