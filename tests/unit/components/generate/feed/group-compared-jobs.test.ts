import { expect, test } from "vitest";
import { jobOf } from "@/components/jobs/job";
import { queuePositions, groupComparedJobs } from "@/components/generate/feed/group-compared-jobs";
import { predictionOf } from "../fixtures";

const at = (second: number) => `2026-11-01T10:00:${String(second).padStart(2, "0")}.000Z`;
const job = (id: string, model: string, prompt: string, second: number) =>
  jobOf(predictionOf({ id, model, input: { prompt }, created_at: at(second) }));
const keys = (rows: ReturnType<typeof groupComparedJobs>) => rows.map((row) => row.map(({ key }) => key).join(" "));

test("one prompt sent to several models at once is one row", () => {
  const jobs = [job("c", "a/c", "fox", 21), job("b", "a/b", "fox", 20), job("a", "a/a", "fox", 20)];
  expect(keys(groupComparedJobs(jobs))).toEqual(["c b a"]);
});

test("the same model, another prompt, another time, no prompt or a fifth model starts a new row", () => {
  expect(keys(groupComparedJobs([job("b", "a/a", "fox", 20), job("a", "a/a", "fox", 20)]))).toEqual(["b", "a"]);
  expect(keys(groupComparedJobs([job("b", "a/b", "hen", 20), job("a", "a/a", "fox", 20)]))).toEqual(["b", "a"]);
  expect(keys(groupComparedJobs([job("b", "a/b", "fox", 30), job("a", "a/a", "fox", 20)]))).toEqual(["b", "a"]);
  expect(keys(groupComparedJobs([job("b", "a/b", "", 20), job("a", "a/a", "", 20)]))).toEqual(["b", "a"]);
  const five = ["e", "d", "c", "b", "a"].map((name) => job(name, `a/${name}`, "fox", 20));
  expect(keys(groupComparedJobs(five))).toEqual(["e d c b", "a"]);
});

test("waiting jobs have places in the queue by their age; a single one has none", () => {
  const waiting = (id: string) => jobOf(predictionOf({ id, status: "queued" }));
  const running = jobOf(predictionOf({ id: "running", status: "processing" }));
  expect([...queuePositions([waiting("b"), running, waiting("a")])]).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
  expect([...queuePositions([waiting("a"), running])]).toEqual([]);
});
