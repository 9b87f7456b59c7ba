import { expect, test } from "vitest";
import { costOf, inputFacts, metricsOf, timesOf } from "@/components/history/row-facts";
import { savedImage, predictionOf } from "../generate/fixtures";

const told = (facts: ReturnType<typeof timesOf>) => facts.map(({ name, value }) => `${name}: ${value}`);

test("the times are shown as far as they are known", () => {
  const running = predictionOf({ status: "processing", started_at: "2026-11-01T10:00:01.500Z" });
  expect(told(timesOf(running))).toEqual(["Waited: 1.5 s"]);
  const saved = { ...running, completed_at: "2026-11-01T10:00:03.600Z", saved_at: "2026-11-01T10:00:04.000Z" };
  expect(told(timesOf(saved))).toEqual(["Waited: 1.5 s", "Ran: 2.1 s", "Time to save: 0.4 s"]);
  const byModel = predictionOf({ ...saved, metrics: { predict_time: 1.949 } });
  expect(told(timesOf(byModel))[1]).toBe("Ran: 1.9 s");
});

test("a model's clock that is ahead never gives a negative time", () => {
  const started_at = "2026-11-01T09:59:59.000Z";
  expect(told(timesOf(predictionOf({ started_at })))).toEqual(["Waited: 0.0 s"]);
});

test.each([
  [{ cost_usd: 0.04, cost_basis: "price" as const }, ["Cost: $0.04"]],
  [{ cost_usd: 0.0063, cost_basis: "estimate" as const }, ["Cost: about $0.0063"]],
  [{ cost_usd: 0, cost_basis: "not_run" as const }, ["Cost: $0.00"]],
  [{ cost_usd: null, cost_basis: "unknown" as const }, []],
  [{ cost_usd: null, cost_basis: null }, []],
])("the cost of %j", (cost, facts) => {
  expect(told(costOf(predictionOf(cost)))).toEqual(facts);
});

test("other metrics are shown in their own units", () => {
  const metrics = { input_token_count: 9, queue_time: 0.25, detail: { a: 1 } };
  expect(told(metricsOf(predictionOf({ metrics })))).toEqual(["Input token count: 9", "Queue time: 0.3 s"]);
  expect(metricsOf(predictionOf())).toEqual([]);
});

test("run time and number of images are not repeated among the metrics", () => {
  const metrics = { predict_time: 2.149, total_time: 2.5, image_count: 1 };
  expect(metricsOf(predictionOf({ images: [savedImage], metrics }))).toEqual([]);
  expect(told(metricsOf(predictionOf({ metrics })))).toEqual(["Image count: 1"]);
  const asked = (num_outputs: number) =>
    told(inputFacts(predictionOf({ input: { num_outputs }, images: [savedImage] })));
  expect(asked(1)).not.toContainEqual(expect.stringContaining("Images"));
  expect(asked(2)).toContain("Images requested: 2");
});

test("all settings except the prompt are shown, with ids to copy", () => {
  const input = { prompt: "a red fox", seed: 7, num_outputs: 2, refine: null };
  const facts = inputFacts(predictionOf({ input, version: "7762" }));
  expect(told(facts)).toEqual([
    "Seed: 7",
    "Images requested: 2",
    "Model: stability-ai/sdxl",
    "Version: 7762",
    `Run ID: ${predictionOf().id}`,
  ]);
  expect(facts.filter(({ copies }) => copies).map(({ name }) => name)).toEqual(["Seed", "Model", "Version", "Run ID"]);
});
