import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import { sql } from "../support/sql";
import { removeDeleted, makeSavedImage, listObjects } from "../support/saved-image";
import { sweep } from "../support/sweep";
import { connectAsService, createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const other = createApi(stack, await createUser(stack));

afterEach(() => setFaults(stack, {}));

const remove = (id: string, query = "") => api.ask(`/api/media/${id}${query}`, { method: "DELETE" });
const restore = (id: string) => api.ask(`/api/media/${id}/restore`, { method: "POST" });
const send = (method: string, path: string, body: object, as = api) =>
  as.ask(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
const status = async (path: string) => (await api.ask(path)).status;
const rows = (id: string) => sql(stack, `select 1 as one from sdxl_images where id = '${id}'`);
async function expectNoFiles(predictionId: string, userId = user.id) {
  await sweep(stack);
  await expect.poll(() => listObjects(stack, userId, predictionId), { timeout: 20_000 }).toEqual([]);
}

const share = async (id: string) =>
  (await (await api.ask(`/api/media/${id}/share`, { method: "POST" })).json()) as { share_token: string };

test("a delete removes the row, original, thumbnail, preview and share link before it answers", async () => {
  const { image, prediction } = await makeSavedImage(api, "a short life");
  const { share_token } = await share(image.id);
  const shared = `${image.url}?token=${share_token}`;
  expect((await fetch(new URL(`${shared}&size=preview`, stack.appUrl))).status).toBe(200);
  expect(await listObjects(stack, user.id, prediction.id)).toEqual(["0.png", "0.preview.jpg", "0.thumb.webp"]);

  expect((await remove(image.id)).status).toBe(204);
  expect(await listObjects(stack, user.id, prediction.id)).toEqual([]);
  expect(await rows(image.id)).toEqual([]);
  for (const path of [image.url, `${image.url}?size=thumb`, shared, `/s/${share_token}`]) {
    expect([path, await status(path)]).toEqual([path, 404]);
  }
  expect((await remove(image.id)).status).toBe(404);
  expect((await restore(image.id)).status).toBe(404);
});

test("the prediction of a deleted image shows neither the image nor its URL at Replicate", async () => {
  const { image, prediction } = await makeSavedImage(api, "two lives", 2);
  await remove(image.id);
  const after = await api.read(prediction.id);
  expect(after.images.map(({ position }) => position)).toEqual([1]);
  expect(after.output).toEqual(prediction.output);
  expect(JSON.stringify(after.output)).not.toContain("/delivery/");
  expect(after.saved_at).toBe(prediction.saved_at);
});

test("an image deleted with time to undo is hidden at once and can be restored with its share link", async () => {
  const { image, prediction } = await makeSavedImage(api, "a second thought");
  const { share_token } = await share(image.id);
  const before = await api.read(prediction.id);
  const paths = [image.url, `${image.url}?size=thumb`, `${image.url}?token=${share_token}`, `/s/${share_token}`];
  expect((await remove(image.id, "?undo=60")).status).toBe(204);
  for (const path of paths) expect([path, await status(path)]).toEqual([path, 404]);
  expect((await api.read(prediction.id)).images).toEqual([]);
  expect((await remove(image.id, "?undo=60")).status).toBe(404);
  const upscale = { model: "nightmareai/real-esrgan", input: { image: image.id } };
  expect((await api.submit(upscale)).status).toBe(422);

  expect((await other.ask(`/api/media/${image.id}/restore`, { method: "POST" })).status).toBe(404);
  const restored = await restore(image.id);
  expect(await restored.json()).toMatchObject({ id: image.id, share_token });
  for (const path of paths) expect([path, await status(path)]).toEqual([path, 200]);
  expect(await api.read(prediction.id)).toEqual({ ...before, revision: before.revision + 2 });
});

test("when the time to undo is over, the image's row and files are deleted", async () => {
  const { image, prediction } = await makeSavedImage(api, "no second thought");
  await remove(image.id, "?undo=300");
  expect(await listObjects(stack, user.id, prediction.id)).toHaveLength(2);
  await removeDeleted(stack, prediction.id);
  await expectNoFiles(prediction.id);
  expect(await rows(image.id)).toEqual([]);
  expect((await restore(image.id)).status).toBe(404);
});

test("one call deletes several images, but only the user's own", async () => {
  const { prediction } = await makeSavedImage(api, "three of a kind", 3);
  const foreign = (await makeSavedImage(other, "of another kind")).image.id;
  const [a = "", b = "", c = ""] = prediction.images.map(({ id }) => id);
  const answer = await send("DELETE", "/api/media", { ids: [a, b, foreign, randomUUID()] });
  const { deleted } = (await answer.json()) as { deleted: string[] };
  expect(deleted.toSorted()).toEqual([a, b].toSorted());
  expect(await listObjects(stack, user.id, prediction.id)).toEqual(["2.png", "2.thumb.webp"]);
  expect((await other.ask(`/api/media/${foreign}`)).status).toBe(200);

  expect(await (await send("DELETE", "/api/media?undo=60", { ids: [c] })).json()).toEqual({ deleted: [c] });
  const stolen = await send("POST", "/api/media/restore", { ids: [c] }, other);
  expect(await stolen.json()).toEqual({ restored: [] });
  const restored = await send("POST", "/api/media/restore", { ids: [c, foreign] });
  expect(await restored.json()).toEqual({ restored: [c] });
  expect(await status(`/api/media/${c}`)).toBe(200);
});

test("a deleted image is not saved again while the other outputs are still being saved", async () => {
  await setFaults(stack, { match: "half a pair", delivery: { index: 1, status: 503 } });
  const quick = { width: 256, height: 256, num_inference_steps: 5, num_outputs: 2 };
  const { id } = await api.create({ prompt: "half a pair", ...quick });
  const half = await api.until(id, ({ images, save_error }) => images.length === 1 && save_error === "retrying");
  await remove(half.images[0]?.id ?? "");
  await setFaults(stack, {});
  const end = await api.saved(id);
  expect(end.images.map(({ position }) => position)).toEqual([1]);
  expect(await listObjects(stack, user.id, id)).toEqual(["1.png", "1.thumb.webp"]);
});

test("a file that reaches storage after its image was deleted is removed and gets no row", async () => {
  const { image, prediction } = await makeSavedImage(api, "a late arrival");
  await remove(image.id);
  const service = connectAsService(stack);
  const path = `${user.id}/${prediction.id}/0.png`;
  const late = new Blob(["late"], { type: "image/png" });
  await service.storage.from("images").upload(path, late, { contentType: "image/png" });
  // A running save calls `save_media` after it has stored the file. If the server dies before this call, the second removal
  // deletes the file.
  const again = { ...image, storage_path: path, sha256: "0".repeat(64), source_url: "data:" };
  const { data } = await service.rpc("save_media", { p_prediction: prediction.id, p_media: again }).throwOnError();
  expect(data).toEqual([]);
  await expectNoFiles(prediction.id);

  await service.storage.from("images").upload(path, late, { contentType: "image/png" });
  await removeDeleted(stack, prediction.id);
  await expectNoFiles(prediction.id);
});

test("deleting a prediction or an account deletes its files", async () => {
  const leaving = await createUser(stack);
  const theirs = createApi(stack, leaving);
  const first = await makeSavedImage(theirs, "a first leaf", 2);
  const second = await makeSavedImage(theirs, "a second leaf");
  await sql(stack, `delete from predictions where id = '${first.prediction.id}'`);
  await expectNoFiles(first.prediction.id, leaving.id);
  expect(await listObjects(stack, leaving.id, second.prediction.id)).toHaveLength(2);
  await sql(stack, `delete from auth.users where id = '${leaving.id}'`);
  await expectNoFiles(second.prediction.id, leaving.id);
});

test("a queued removal does not delete files that a row still uses", async () => {
  const { image, prediction } = await makeSavedImage(api, "not to be removed");
  const prefix = `${user.id}/${prediction.id}/`;
  await sql(
    stack,
    `insert into storage_removals (prefix, prediction_id, position) values
       ('${prefix}0.', '${prediction.id}', 0), ('${prefix}', '${prediction.id}', null)`,
  );
  await sweep(stack);
  const queued = () => sql(stack, `select 1 as one from storage_removals where prediction_id = '${prediction.id}'`);
  await expect.poll(queued, { timeout: 20_000 }).toEqual([]);
  expect(await status(image.url)).toBe(200);
});

test("only the owner can mark an image as a favorite", async () => {
  const { image } = await makeSavedImage(api, "a favorite");
  const mark = (as: typeof api, body: object) => send("PATCH", `/api/media/${image.id}`, body, as);
  expect(await (await mark(api, { favorite: true })).json()).toMatchObject({ id: image.id, favorite: true });
  expect((await mark(other, { favorite: false })).status).toBe(404);
  for (const body of [{}, { favorite: "yes" }, { favorite: true, share_token: "mine" }]) {
    expect((await mark(api, body)).status).toBe(422);
  }
  expect(await sql(stack, `select favorite from sdxl_images where id = '${image.id}'`)).toEqual([{ favorite: true }]);
});

test("other users and other sites cannot delete, restore or mark an image", async () => {
  const { image } = await makeSavedImage(api, "out of reach");
  const body = JSON.stringify({ ids: [image.id], favorite: true });
  for (const [method, path] of [
    ["DELETE", `/api/media/${image.id}`],
    ["PATCH", `/api/media/${image.id}`],
    ["POST", `/api/media/${image.id}/restore`],
    ["DELETE", "/api/media"],
    ["POST", "/api/media/restore"],
  ] as const) {
    const type = { "content-type": "application/json" };
    const url = new URL(path, stack.appUrl);
    const anonymous = await fetch(url, { method, body, headers: { ...type, origin: stack.appUrl } });
    expect([path, anonymous.status]).toEqual([path, 401]);
    const forged = await fetch(url, {
      method,
      body,
      headers: { ...type, ...user.cookie, origin: "https://evil.example" },
    });
    expect([path, forged.status]).toEqual([path, 403]);
  }
  for (const path of [`/api/media/${image.id}`, `/api/media/${randomUUID()}`]) {
    expect((await other.ask(path, { method: "DELETE" })).status).toBe(404);
  }
  expect(await status(image.url)).toBe(200);
  expect((await remove(image.id, "?undo=1e9")).status).toBe(400);
  expect((await send("DELETE", "/api/media", { ids: [] })).status).toBe(422);
  expect((await send("DELETE", "/api/media", { ids: Array(101).fill(randomUUID()) })).status).toBe(422);
});
