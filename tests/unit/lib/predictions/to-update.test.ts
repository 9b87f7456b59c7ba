import { beforeEach, describe, expect, test, vi } from "vitest";
import { toUpdate } from "@/lib/predictions/to-update";
import { ReplicatePrediction } from "@/lib/replicate/schema";

import { stubSettings } from "../stub-settings";

const ID = "rrr4z5ztdnrm80crkw0s5e2p2w";

const update = (changes: Record<string, unknown> = {}) =>
  toUpdate(
    ReplicatePrediction.parse({ id: ID, status: "processing", created_at: "2026-11-21T14:32:07.5Z", ...changes }),
  );

beforeEach(() => stubSettings({ REPLICATE_DELIVERY_ORIGINS: "https://replicate.delivery" }));

describe("the update of a row", () => {
  test("has all fields that are saved", () => {
    const changes = {
      status: "succeeded",
      logs: "Using seed: 7\n100%|██████████| 4/4\n",
      output: ["https://replicate.delivery/a.png"],
      metrics: { predict_time: 1.5, input_token_count: 7, output_token_count: 90 },
      started_at: "2026-11-21T14:32:08.000Z",
      completed_at: "2026-11-21T14:32:09.000Z",
      webhook: "https://darkroom.example",
    };
    const { webhook: _, ...kept } = changes;
    expect(update(changes)).toEqual({
      ...kept,
      replicate_id: ID,
      links: [],
      file_count: 1,
      output_cut: false,
      predict_time: 1.5,
      input_tokens: 7,
      output_tokens: 90,
      progress: 1,
      error: null,
      error_code: null,
    });
  });

  test("has null for everything that Replicate does not say yet", () => {
    expect(update()).toEqual({
      replicate_id: ID,
      status: "processing",
      logs: "",
      progress: null,
      output: null,
      links: [],
      file_count: 0,
      output_cut: false,
      error: null,
      error_code: null,
      metrics: null,
      predict_time: null,
      input_tokens: null,
      output_tokens: null,
      started_at: null,
      completed_at: null,
    });
  });

  test("has the end of a long log", () => {
    const { logs, progress } = update({ logs: `${"x".repeat(5_000_000)}\n 50%|█████     |` });
    expect([logs?.length, progress]).toEqual([64_000, 0.5]);
  });

  test("counts as files only what Replicate delivers", () => {
    const license = "https://creativecommons.org/x";
    const output = { image: "https://replicate.delivery/a.png", license };
    expect(update({ output })).toMatchObject({ links: [license], file_count: 1 });
    expect(update({ output: license })).toMatchObject({ links: [license], file_count: 0 });
  });

  test("says whether a part of the output was too large or nested too deeply", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`);
    expect([update({ output: deep }).output_cut, update({ output: [deep, 1] }).output_cut]).toEqual([true, true]);
    expect(update({ output: Array.from({ length: 25_000 }, () => 0.5) }).output_cut).toBe(false);
  });

  test("uses the number of steps for a bar without a total", () => {
    const logs = "3it [00:01,  2.5it/s]";
    expect(update({ logs, input: { num_inference_steps: 4 } }).progress).toBe(0.75);
    expect(update({ logs, input: { num_inference_steps: "4" } }).progress).toBeNull();
    expect(update({ logs }).progress).toBeNull();
  });
});

test.each([NaN, Infinity, -1, 1e9, "1", null, {}])("%j is no run time and no number of tokens", (value) => {
  const metrics = { predict_time: value, input_token_count: value, output_token_count: value };
  expect(update({ metrics })).toMatchObject({ predict_time: null, input_tokens: null, output_tokens: null });
});

test("a status that Replicate added since is logged once, and is no end", () => {
  const log = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  for (let time = 0; time < 3; time += 1) expect(update({ status: "paused" }).status).toBe("starting");
  expect(log).toHaveBeenCalledTimes(1);
  expect(log.mock.lastCall?.[0]).toContain("paused");
});

describe("a failure", () => {
  test.each([
    ["NSFW content detected. Try running it again, or try a different prompt.", "content_rejected"],
    ["The input or output was flagged as sensitive (E005)", "content_rejected"],
    ["Request blocked by the safety checker", "content_rejected"],
    ["Prediction timed out", "timed_out"],
    ["Director: unexpected error handling prediction (E6716)", "timed_out"],
    ["CUDA out of memory", "model_failed"],
    ["E0055", "model_failed"],
    ["", "model_failed"],
  ])("that says %j is %s", (error, code) => {
    expect(update({ status: "failed", error })).toMatchObject({
      error: error || "The model gave no reason.",
      error_code: code,
    });
  });

  test.each([null, undefined, 7, { message: "x" }, ["x"]])("that says %j gave no reason", (error) => {
    expect(update({ status: "failed", error }).error).toBe("The model gave no reason.");
  });

  test("is told in at most 2000 characters", () => {
    expect(update({ status: "failed", error: "x".repeat(100_000) }).error).toHaveLength(2000);
  });

  test.each([
    ["aborted", "timed_out"],
    ["canceled", null],
    ["succeeded", null],
    ["processing", null],
  ])("is none of these, and %s has the code %s", (status, code) => {
    expect(update({ status, error: null })).toMatchObject({ error: null, error_code: code });
  });
});
