import { beforeEach, describe, expect, test, vi } from "vitest";
import type { touchUploads } from "@/lib/media/uploads/rows";
import type { createPrediction } from "@/lib/predictions/create";
import type { createOrReuse } from "@/lib/predictions/create-or-reuse";
import { startWords } from "@/lib/words/start";
import { USER } from "../sessions";

const step = vi.hoisted(() => ({
  create: vi.fn<typeof createPrediction>(),
  reuse: vi.fn<typeof createOrReuse>(),
  touch: vi.fn<typeof touchUploads>(),
}));
vi.mock("@/lib/predictions/create", () => ({ createPrediction: step.create }));
vi.mock("@/lib/predictions/create-or-reuse", () => ({ createOrReuse: step.reuse }));
vi.mock("@/lib/media/uploads/rows", () => ({ touchUploads: step.touch }));
vi.mock("@/lib/words/to-request", () => ({ toRequest: async () => request }));

const request = { model: "a/b", tool: "improve", input: { prompt: "a fox" } };
const user = USER;
const words = { task: "improve", prompt: "a fox" } as const;
const reused = { prediction: { id: "earlier" }, isNew: false } as Awaited<ReturnType<typeof createOrReuse>>;

beforeEach(() => {
  step.touch.mockReset();
  step.reuse.mockReset().mockResolvedValue(reused);
  step.create.mockReset().mockImplementation(async (_user, _body, key) => ({ id: key }) as never);
});

test("words may be those of the same request earlier today", async () => {
  expect(await startWords(user, words, null)).toBe(reused);
  expect(step.reuse).toHaveBeenCalledExactlyOnceWith(user, request, null);
});

test("words that are asked for afresh use no earlier answer", async () => {
  expect(await startWords(user, words, "my-key")).toEqual({ prediction: { id: "my-key" }, isNew: true });
  expect(step.reuse).not.toHaveBeenCalled();
});

describe("a recording", () => {
  const recording = "0195f2a8-0000-7000-8000-000000000005";
  const start = () => startWords(user, { task: "transcribe", upload: recording }, null);
  const lasts = (duration_ms: number | null) =>
    step.touch.mockResolvedValue(new Map([[recording, { id: recording, content_type: "audio/wav", duration_ms }]]));

  test.each([1, 59_000, 60_000])("of %s ms is transcribed", async (duration) => {
    lasts(duration);
    expect(await start()).toBe(reused);
    expect(step.touch).toHaveBeenCalledExactlyOnceWith(user.id, [recording]);
  });

  test("of more than a minute is refused", async () => {
    lasts(60_001);
    await expect(start()).rejects.toMatchObject({
      code: "invalid_input",
      message: "The recording is 61 seconds long. A recording may be at most 60 seconds long.",
    });
    expect(step.reuse).not.toHaveBeenCalled();
  });

  test.each([null, 0])("whose length is not known (%s) is refused", async (duration) => {
    lasts(duration);
    await expect(start()).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("that is missing is refused where all files are checked, unless it has been written down", async () => {
    step.touch.mockResolvedValue(new Map());
    expect(await start()).toBe(reused);
  });
});
