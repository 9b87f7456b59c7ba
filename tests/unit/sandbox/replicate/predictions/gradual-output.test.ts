import { expect, test } from "vitest";
import { receiveWebhooks } from "../receive-webhooks.ts";
import { eventually, SDXL, serve, small } from "../serve.ts";

const CHARACTER = "9c77a3c2f884193fcee4d89645f02a0b9def9434f9e03cb98460456b831c8772";

test("a model that yields images shows each one while it runs, in webhooks too", async () => {
  const { replicate } = await serve({ clock: 5 });
  const hook = await receiveWebhooks();
  await replicate.predictions.create({
    version: CHARACTER,
    input: { prompt: "a knight", number_of_outputs: 3 },
    webhook: hook.url,
    webhook_events_filter: ["output", "completed"],
  });
  await eventually(() => hook.bodies().at(-1)?.status).toBe("succeeded");
  const told = hook.bodies().map(({ status, output }) => [status, Array.isArray(output) && output.length]);
  expect([told[0], told.at(-1)]).toEqual([
    ["processing", 1],
    ["succeeded", 3],
  ]);
  expect(told.filter(([status]) => status === "succeeded")).toHaveLength(1);
  const [first, ...later] = hook.bodies().map(({ output }) => [output].flat());
  expect(later.every((output) => output[0] === first?.[0])).toBe(true);
});

test("[gradual] does so for any list of files; what was shown can be downloaded and stays after a cancel", async () => {
  const { replicate } = await serve({ clock: 5 });
  const input = { ...small, prompt: "a lake [gradual] [slow]", num_outputs: 4 };
  const { id } = await replicate.predictions.create({ version: SDXL, input });
  await eventually(async () => (await replicate.predictions.get(id)).output?.length).toBe(2);
  const { status, output } = await replicate.predictions.cancel(id);
  expect([status, output.length]).toEqual(["canceled", 2]);
  expect((await fetch(output[1])).headers.get("content-type")).toBe("image/png");
});

test("a run that fails half way keeps what it has shown", async () => {
  const { finish } = await serve();
  const input = { ...small, prompt: "a lake [gradual] [fail]", num_outputs: 4, num_inference_steps: 50 };
  expect(await finish(input)).toMatchObject({ status: "failed", output: [expect.any(String), expect.any(String)] });
});

test("other lists appear at once when the run ends", async () => {
  const { replicate } = await serve();
  const hook = await receiveWebhooks();
  await replicate.predictions.create({ version: SDXL, input: { ...small, num_outputs: 3 }, webhook: hook.url });
  await eventually(() => hook.bodies().at(-1)?.status).toBe("succeeded");
  const lengths = hook.bodies().map(({ output }) => (Array.isArray(output) ? output.length : 0));
  expect(new Set(lengths)).toEqual(new Set([0, 3]));
});

test("the stream of a model that yields images sends their URLs, under a path for files", async () => {
  const { replicate } = await serve({ clock: 5 });
  const { urls } = await replicate.predictions.create({ version: CHARACTER, input: { number_of_outputs: 2 } });
  expect(new URL(String(urls.stream)).pathname).toMatch("/v1/files/stream/");
  const events = (await (await fetch(String(urls.stream))).text()).match(/^event: .*|^data: .*/gm);
  expect(events).toEqual([
    "event: output",
    expect.stringMatching("^data: http.*/out-0.webp$"),
    "event: output",
    expect.stringMatching("^data: http.*/out-1.webp$"),
    "event: done",
    "data: {}",
  ]);
});
