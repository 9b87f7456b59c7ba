import { expect, test } from "vitest";
import { describeJob, type Job, jobOf, placeholderCount } from "@/components/jobs/job";
import { jobsReducer, newerOf } from "@/components/jobs/jobs-reducer";
import type { Prediction } from "@/lib/predictions/schema";
import { savedImage, predictionOf } from "../generate/fixtures";

const request = { model: "stability-ai/sdxl", input: { prompt: "a red fox" } };
const sent = jobsReducer([], { type: "sent", key: "k1", request, at: 1000 });
const states = (jobs: Job[]) => jobs.map((job) => `${job.key} ${job.prediction?.status ?? "open"}`);

test("a sent request appears at once on top, and keeps its key when it is accepted", () => {
  const jobs = jobsReducer([jobOf(predictionOf({ id: "old", status: "failed" })), ...sent], {
    type: "accepted",
    key: "k1",
    prediction: predictionOf(),
    isReused: false,
  });
  expect(states(jobs)).toEqual(["old failed", "k1 starting"]);
});

test("a response that arrives late does not undo a newer state", () => {
  const done = predictionOf({ status: "succeeded", revision: 3 });
  expect(newerOf(done, predictionOf({ status: "processing", revision: 2 }))).toBe(done);
  const reopened = predictionOf({ status: "processing", revision: 5 });
  expect(newerOf(predictionOf({ status: "failed", provisional: true, revision: 4 }), reopened)).toBe(reopened);
  const received = { ...done };
  expect(newerOf(done, received)).toBe(received);
});

test("a prediction that another tab started joins the feed", () => {
  const jobs = jobsReducer([], { type: "seen", predictions: [predictionOf()] });
  expect(states(jobs)).toEqual([`${predictionOf().id} starting`]);
});

test("words that are written for a form do not join the feed, but a known card of them is updated", () => {
  const words = predictionOf({ tool: "improve" });
  expect(jobsReducer([], { type: "seen", predictions: [words] })).toEqual([]);
  const done = { ...words, status: "succeeded" as const, revision: 2 };
  expect(states(jobsReducer([jobOf(words)], { type: "seen", predictions: [done] }))).toEqual([`${words.id} succeeded`]);
});

test("a prediction that another tab started takes its place by time", () => {
  const at = (minute: number) => predictionOf({ id: `at ${minute}`, created_at: `2026-11-01T10:0${minute}:00.000Z` });
  const known = [at(5), at(1)].map(jobOf);
  const jobs = jobsReducer(known, { type: "seen", predictions: [at(7), at(5), at(3), at(0)] });
  expect(jobs.map(({ key }) => key)).toEqual(["at 7", "at 5", "at 3", "at 1", "at 0"]);
});

test("cards sent at the same moment are in the server's order, before and after a reload", () => {
  const at = (id: string, second: string) => predictionOf({ id, created_at: `2026-11-01T10:00:${second}Z` });
  const [first, second] = [at("b", "05.200"), at("c", "05.100")];
  const both = jobsReducer(sent, { type: "sent", key: "k2", request, at: 1001 });
  const accept = (jobs: Job[], key: string, prediction: Prediction) =>
    jobsReducer(jobs, { type: "accepted", key, prediction, isReused: false });
  const keys = (jobs: Job[]) => jobs.map(({ key }) => key);
  const told = accept(accept(both, "k1", first), "k2", second);
  expect(keys(told)).toEqual(["k1", "k2"]);
  expect(keys(jobsReducer(told, { type: "loaded", predictions: [first, second] }))).toEqual(keys(told));
  // Predictions that were created at the same moment are sorted by their ids.
  const tied = accept(accept(both, "k1", { ...first, created_at: second.created_at }), "k2", second);
  expect(keys(tied)).toEqual(["k2", "k1"]);
  // A card that is already in the right place stays there, even if the cards around it still wait for their responses.
  const three = jobsReducer(both, { type: "sent", key: "k3", request, at: 1002 });
  expect(keys(accept(three, "k2", second))).toEqual(["k3", "k2", "k1"]);
});

test("while a request has no response, an unknown prediction is not shown: it may belong to that request", () => {
  const seen = jobsReducer(sent, { type: "seen", predictions: [predictionOf()] });
  expect(states(seen)).toEqual(["k1 open"]);
  const accepted = jobsReducer(seen, { type: "accepted", key: "k1", prediction: predictionOf(), isReused: false });
  expect(states(jobsReducer(accepted, { type: "seen", predictions: [predictionOf()] }))).toEqual(["k1 starting"]);
});

test("the server's list keeps known cards, and cards without a response stay on top", () => {
  const [known, newer] = [predictionOf(), predictionOf({ id: "newer", status: "succeeded" })];
  const accepted = jobsReducer(sent, { type: "accepted", key: "k1", prediction: known, isReused: false });
  const open = jobsReducer(accepted, { type: "sent", key: "k2", request, at: 2000 });
  expect(states(jobsReducer(open, { type: "loaded", predictions: [newer, known] }))).toEqual([
    "k2 open",
    "newer succeeded",
    "k1 starting",
  ]);
});

test("a rejected request keeps its place until it is removed", () => {
  const problem = { status: 429, detail: "Wait.", fields: [] };
  const rejected = jobsReducer(sent, { type: "rejected", key: "k1", problem });
  expect(rejected[0]?.problem).toBe(problem);
  expect(jobsReducer(rejected, { type: "removed", key: "k1" })).toEqual([]);
});

test("older predictions come last, each once", () => {
  const [first, second] = [predictionOf({ id: "a" }), predictionOf({ id: "b" })];
  const jobs = jobsReducer([jobOf(first)], { type: "older", predictions: [first, second] });
  expect(jobs.map(({ key }) => key)).toEqual(["a", "b"]);
});

test("a card has a placeholder for each requested image, at most 8", () => {
  const inputs = [{}, { num_outputs: 4 }, { number_of_images: 900 }];
  expect(inputs.map((input) => placeholderCount({ ...request, input }))).toEqual([1, 4, 8]);
});

test("a job is described by the tool that the server recognized from the model", () => {
  const upscale = { model: "nightmareai/real-esrgan", input: { image: savedImage.url } };
  const [job] = jobsReducer([], { type: "sent", key: "k1", request: upscale, at: 1000 });
  const accepted = jobsReducer([job!], {
    type: "accepted",
    key: "k1",
    prediction: predictionOf({ tool: "upscale" }),
    isReused: false,
  });
  expect([job!, ...accepted].map(describeJob)).toEqual(["No prompt", "Upscaled image"]);
});

test("running a tool again works on the same image", () => {
  const { request: again } = jobOf(predictionOf({ tool: "upscale", parent_image_id: savedImage.id }));
  expect(again).toMatchObject({ tool: "upscale", parent: savedImage.id });
  expect(Object.keys(jobOf(predictionOf()).request)).toEqual(["model", "input"]);
});
