import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { SECRET, serve, small } from "../serve.ts";

test("pages can be followed forwards and back", async () => {
  const { create, replicate } = await serve();
  const ids: string[] = [];
  for (let n = 0; n < 102; n++) ids.push((await (await create({ ...small, seed: n })).json()).id);
  const first = await replicate.predictions.list();
  const second = await (await replicate.request(String(first.next), {})).json();
  expect(second).toMatchObject({ next: null, results: [{ id: ids[1] }, { id: ids[0] }] });
  await create({ ...small, seed: 102 });
  const back = await (await replicate.request(second.previous, {})).json();
  expect(back.results.map(({ id }: { id: string }) => id)).toEqual(first.results.map(({ id }) => id));
  expect(back.previous).toMatch("cursor=");
});

test("predictions are listed by time of creation", async () => {
  const { finish, ask } = await serve();
  const created = [];
  for (let n = 0; n < 3; n++) {
    created.push(await finish({ ...small, seed: n }));
  }
  const list = async (query: string) => {
    const { results } = await (await ask("GET", `/v1/predictions?${query}`)).json();
    return results.map(({ input }: { input: { seed: number } }) => input.seed);
  };
  expect(await list(`created_after=${created[1]?.created_at}`)).toEqual([2, 1]);
  expect(await list(`created_before=${created[1]?.created_at}`)).toEqual([0]);
  expect(await list("source=web")).toEqual([]);
});

test("models are sorted by their latest version or by their own age", async () => {
  const { ask } = await serve();
  const names = async (query: string) => {
    const { results } = await (await ask("GET", `/v1/models?${query}`)).json();
    return results.map(({ name }: { name: string }) => name);
  };
  const oldest = await names("sort_by=model_created_at&sort_direction=asc");
  expect(oldest.indexOf("real-esrgan")).toBeLessThan(oldest.indexOf("nano-banana"));
  const newest = await names("");
  expect(newest.indexOf("nano-banana")).toBeLessThan(newest.indexOf("real-esrgan"));
});

test("a model's cover and the output of its example are images", async () => {
  const { replicate, origin } = await serve();
  const { cover_image_url, default_example } = await replicate.models.get("stability-ai", "sdxl");
  const response = await fetch(String(cover_image_url));
  expect(response.headers.get("content-type")).toBe("image/webp");
  expect(default_example?.output).toEqual([cover_image_url]);
  for (const name of ["nobody--nothing", "stability-ai%2Fsdxl"]) {
    expect((await fetch(`${origin}/delivery/tjzk/${name}/cover.webp`)).status).toBe(404);
  }
});

test("a file is downloaded only with a signature by the account's secret", async () => {
  const { replicate, origin } = await serve();
  const { id } = await replicate.files.create(new Blob(["words"], { type: "text/plain" }));
  const download = (signature: string, expiry: number) =>
    fetch(
      `${origin}/v1/files/${id}/download?${new URLSearchParams({ owner: "sandbox", expiry: `${expiry}`, signature })}`,
    );
  const sign = (expiry: number) => createHmac("sha256", SECRET).update(`sandbox ${id} ${expiry}`).digest("base64");
  const soon = Math.floor(Date.now() / 1000) + 60;
  expect(await (await download(sign(soon), soon)).text()).toBe("words");
  expect((await download(sign(soon), soon + 1)).status).toBe(404);
  expect((await download(sign(1), 1)).status).toBe(404);
});
