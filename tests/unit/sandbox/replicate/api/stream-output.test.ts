import { expect, test } from "vitest";
import { serve, small } from "../serve.ts";

const LLAMA = "meta/meta-llama-3.1-405b-instruct";

test("a stream sends events from the start, or from after the last event id", async () => {
  const { replicate } = await serve();
  const { urls } = await replicate.predictions.create({
    model: LLAMA,
    input: { prompt: "sea\nand sky", max_tokens: 3 },
  });
  const response = await fetch(String(urls.stream));
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const text = await response.text();
  expect(text.replace(/id: \d+/g, "id: 1")).toBe(
    "event: output\nid: 1:0\ndata: sea\n\nevent: output\nid: 1:1\ndata:  and\n\nevent: output\nid: 1:2\ndata:  sky,\n\nevent: done\nid: 1:0\ndata: {}\n\n",
  );
  const rest = await fetch(String(urls.stream), { headers: { "last-event-id": "1:1" } });
  expect((await rest.text()).match(/^data: .*/gm)).toEqual(["data:  sky,", "data: {}"]);
});

test("a stream ends with a reason when the run is canceled or fails", async () => {
  const { replicate } = await serve();
  const create = (prompt: string) => replicate.predictions.create({ model: LLAMA, input: { prompt } });
  const canceled = await create("[slow]");
  const stream = fetch(String(canceled.urls.stream));
  await replicate.predictions.cancel(canceled.id);
  expect(await (await stream).text()).toMatch(/event: done\nid: \d+:0\ndata: \{"reason":"canceled"\}\n\n$/);
  const failed = await create("[fail] please");
  expect(await (await fetch(String(failed.urls.stream))).text()).toMatch(
    /event: error\nid: \d+:0\ndata: \{"detail":"CUDA[^\n]*\}\n\nevent: done\nid: \d+:0\ndata: \{"reason":"error"\}\n\n$/,
  );
});

test("an image stream is under /v1/files/, a text stream is not", async () => {
  const { replicate, finish } = await serve();
  const { urls, output } = await finish(small);
  expect(new URL(String(urls.stream)).pathname).toMatch("/v1/files/stream/");
  expect(await (await fetch(String(urls.stream))).text()).toMatch(`data: ${output[0]}\n`);
  const { urls: text } = await replicate.predictions.create({ model: LLAMA, input: { prompt: "x" } });
  expect(new URL(String(text.stream)).pathname).toMatch("/v1/streams/");
});

test("an idle stream is closed while its prediction runs on", async () => {
  const { replicate, faults } = await serve({ clock: 0.01 });
  const { id, urls } = await replicate.predictions.create({ model: LLAMA, input: { prompt: "x" } });
  await faults({ clock: 1000 });
  expect(await (await fetch(String(urls.stream))).text()).toBe(":408: 408 Request Timeout\n\n");
  expect(await replicate.predictions.cancel(id)).toMatchObject({ status: "canceled" });
});
