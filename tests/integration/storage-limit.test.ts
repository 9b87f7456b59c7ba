import { expect, inject, onTestFinished, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { createApi } from "../support/api";
import { IMAGES } from "../support/images";
import { makeSavedImage } from "../support/saved-image";
import { createUser } from "../support/users";

const stack = inject("stack");

test("a full storage refuses runs and uploads in words, and deleting makes room at once", async () => {
  const user = await createUser(stack);
  const { image } = await makeSavedImage(createApi(stack, user), "fills the storage");
  const app = await startAnotherApp(stack, { STORAGE_GB_PER_USER: String(image.bytes / 1e9) });
  onTestFinished(() => app.stop());
  const api = createApi(app, user);
  const png = new Uint8Array(await IMAGES["plain PNG"].make().toBuffer());
  const upload = () => api.ask("/api/uploads", { method: "POST", body: png, headers: { "content-type": "image/png" } });

  expect(await (await api.ask("/api/usage")).json()).toMatchObject({ stored_bytes: { used: image.bytes, left: 0 } });
  for (const refused of [await api.submit({ input: { prompt: "one more" } }), await upload()]) {
    const problem = { status: 429, type: "storage_limit", detail: expect.stringContaining("Delete something") };
    expect(await refused.json()).toMatchObject(problem);
  }

  expect((await api.ask(`/api/media/${image.id}?undo=60`, { method: "DELETE" })).ok).toBe(true);
  expect((await upload()).status).toBe(201);
  expect((await api.submit({ input: { prompt: "one more" } })).status).toBe(201);
});
