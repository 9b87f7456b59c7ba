import { randomUUID } from "node:crypto";
import { expect, inject, onTestFinished, test } from "vitest";
import { connectAsService } from "../support/users";

const service = connectAsService(inject("stack"));
const bucket = () => service.storage.from("images");
const folder = randomUUID();

async function put(name: string, content = "0123456789") {
  const { error } = await bucket().upload(`${folder}/${name}`, new Blob([content], { type: "video/mp4" }));
  expect(error).toBeNull();
}

test("a folder lists its own files and folders by name, and a folder has no id", async () => {
  for (const name of ["b.mp4", "a.mp4", "deep/c.mp4", "deep/er/d.mp4"]) await put(name);
  const { data } = await bucket().list(folder);
  expect(data?.map(({ name, id }) => [name, id === null])).toEqual([
    ["a.mp4", false],
    ["b.mp4", false],
    ["deep", true],
  ]);
  const { data: second } = await bucket().list(folder, { limit: 1, offset: 1 });
  expect(second?.map(({ name }) => name)).toEqual(["b.mp4"]);
  const { data: below } = await bucket().list(`${folder}/deep`);
  expect(below?.map(({ name }) => name)).toEqual(["c.mp4", "er"]);
  const { data: newest } = await bucket().list(folder, { sortBy: { column: "created_at", order: "desc" } });
  expect(newest?.map(({ name }) => name)).toEqual(["deep", "a.mp4", "b.mp4"]);
});

test("a signed file is read in parts, and not again while it is unchanged", async () => {
  await put("signed.mp4");
  const { data } = await bucket().createSignedUrl(`${folder}/signed.mp4`, 60);
  const url = data?.signedUrl ?? "";
  const part = await fetch(url, { headers: { range: "bytes=2-4" } });
  expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"]);
  const end = await fetch(url, { headers: { range: "bytes=-3" } });
  expect([end.status, await end.text()]).toEqual([206, "789"]);
  const beyond = await fetch(url, { headers: { range: "bytes=10-" } });
  expect([beyond.status, await beyond.json()]).toMatchObject([416, { statusCode: "416", error: "invalid_range" }]);
  const whole = await fetch(url);
  expect([whole.status, await whole.text()]).toEqual([200, "0123456789"]);
  const etag = whole.headers.get("etag") ?? "";
  expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
});

/** Creates a bucket for files of at most 9 bytes, for one test. */
async function createSmallBucket(): Promise<string> {
  const name = `limited-${randomUUID()}`;
  await service.storage.createBucket(name, { public: false, fileSizeLimit: 9 });
  onTestFinished(async () => {
    await service.storage.emptyBucket(name);
    await service.storage.deleteBucket(name);
  });
  return name;
}

test("a file above the bucket's limit is refused", async () => {
  const name = await createSmallBucket();
  const small = service.storage.from(name);
  expect((await small.upload("a", new Blob(["0123456789"]))).error).toMatchObject({ statusCode: "413" });
  await service.storage.updateBucket(name, { public: false, fileSizeLimit: 10 });
  expect((await small.upload("a", new Blob(["0123456789"]))).error).toBeNull();
});

test("a signed URL takes one file, from any origin, and never replaces it", async () => {
  const path = `${folder}/incoming.part`;
  const { data } = await bucket().createSignedUploadUrl(path);
  const { signedUrl = "", token = "" } = data ?? {};
  const preflight = await fetch(signedUrl, {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "PUT",
      "access-control-request-headers": "content-type",
    },
  });
  expect([preflight.ok, preflight.headers.get("access-control-allow-origin")]).toEqual([true, "*"]);
  const send = (to: string, body: string) =>
    fetch(to, { method: "PUT", headers: { "content-type": "video/mp4" }, body });
  const refused = [signedUrl.slice(0, -3), signedUrl.replace("incoming.part", "other.part")];
  for (const changed of refused) expect((await send(changed, "x")).status).toBe(400);
  expect((await send(signedUrl, "the first")).status).toBe(200);
  expect(await (await send(signedUrl, "the second")).json()).toMatchObject({ statusCode: "409" });
  const again = await bucket().uploadToSignedUrl(path, token, new Blob(["the third"]));
  expect(again.error).toMatchObject({ statusCode: "409" });
  expect(await (await bucket().download(path)).data?.text()).toBe("the first");
});

test("a signed URL does not take more bytes than the bucket allows", async () => {
  const { data } = await service.storage.from(await createSmallBucket()).createSignedUploadUrl("a.part");
  const chunks = () => new Blob(["0123456789"]).stream();
  for (const body of ["0123456789", chunks()]) {
    const sent = { method: "PUT", headers: { "content-type": "video/mp4" }, body, duplex: "half" as const };
    expect(await (await fetch(data?.signedUrl ?? "", sent)).json()).toMatchObject({ statusCode: "413" });
  }
});
