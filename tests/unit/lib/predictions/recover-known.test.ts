import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { recoverPrediction } from "@/lib/predictions/recover";
import type { applyUpdate, releaseLease } from "@/lib/predictions/rows";
import { ReplicatePrediction } from "@/lib/replicate/schema";
import { predictionRow } from "./row";

const step = vi.hoisted(() => ({
  applyUpdate: vi.fn<typeof applyUpdate>(),
  releaseLease: vi.fn<typeof releaseLease>(),
  known: new Set<string>(),
  rivals: new Array<object>(),
  isStorageReachable: false,
}));
vi.mock("@/lib/predictions/rows", () => ({
  applyUpdate: step.applyUpdate,
  releaseLease: step.releaseLease,
}));
vi.mock("@/lib/predictions/recover-queries", () => ({
  listKnownReplicateIds: () => afterRead(step.known),
  listUnidentifiedInputs: () => afterRead(step.rivals),
}));
vi.mock("@/lib/predictions/polling-interval", () => ({ getPollDelay: () => Promise.resolve(1) }));
vi.mock("@/lib/env", () => ({ env: () => ({ webhookUrl: null, isStorageReachable: step.isStorageReachable }) }));
vi.mock("@/lib/media/input-files", () => ({ signInputFiles: (input: unknown) => Promise.resolve(input) }));
vi.mock("@/lib/replicate/client", () => ({
  listPredictionsSince: () => Promise.resolve(recent),
  getPrediction: (id: string) => Promise.resolve(recent.find((remote) => remote.id === id)),
}));

/** Gets and returns the rows of each read. A test can replace this function, to change the database just after a read. */
let afterRead: <Rows>(rows: Rows) => Promise<Rows>;

const row = predictionRow({ sent_at: "2026-11-21T14:32:08.000Z" });
const sentAt = Date.parse(row.sent_at ?? "");
const [FIRST, SECOND] = ["first", "second"].map((name) => name.padEnd(26, "0")) as [string, string];
/** Replicate has two predictions with the row's input. The first one was created closer to the row's create request. */
const recent = [FIRST, SECOND].map((id, index) =>
  ReplicatePrediction.parse({
    id,
    status: "processing",
    created_at: new Date(sentAt + 1000 * index).toISOString(),
    model: row.model,
    version: row.version,
    input: row.input,
  }),
);

beforeEach(() => {
  step.applyUpdate.mockReset().mockResolvedValue(row);
  step.releaseLease.mockReset().mockResolvedValue(row);
  step.known.clear();
  step.rivals = [];
  step.isStorageReachable = false;
  afterRead = (rows) => Promise.resolve(rows);
});

test("of two predictions with the same input, the one that was created closer to the request is recovered", async () => {
  await recoverPrediction(row, sentAt, sentAt + 2000);
  expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(row, expect.objectContaining({ replicate_id: FIRST }), 1);
});

test("a prediction that belongs to another row is not recovered", async () => {
  step.known.add(FIRST);
  await recoverPrediction(row, sentAt, sentAt + 2000);
  expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(row, expect.objectContaining({ replicate_id: SECOND }), 1);
});

test("when all belong to other rows, it is looked for again, and fails after two minutes", async () => {
  step.known.add(FIRST).add(SECOND);
  await recoverPrediction(row, sentAt, sentAt + 119_000);
  expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(row, 3, null);
  expect(step.applyUpdate).not.toHaveBeenCalled();

  await recoverPrediction(row, sentAt, sentAt + 120_000);
  const failed = expect.objectContaining({ status: "failed", provisional: true, error_code: "provider_unreachable" });
  expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(row, failed, 60);
});

test.each([true, false])(
  "a prediction with a secret that another user may have started is not recovered (storage reachable: %s)",
  async (isStorageReachable) => {
    step.isStorageReachable = isStorageReachable;
    const own = { ...row, input: { ...row.input, key: "[REDACTED]" } };
    for (const remote of recent) remote.input = own.input;
    onTestFinished(() => recent.forEach((remote) => (remote.input = row.input)));
    step.rivals = [own.input];
    await recoverPrediction(own, sentAt, sentAt + 2000);
    expect(step.applyUpdate).not.toHaveBeenCalled();
    step.rivals = [];
    await recoverPrediction(own, sentAt, sentAt + 2000);
    expect(step.applyUpdate).toHaveBeenCalledOnce();
  },
);

describe("with files that Replicate cannot read from our storage", () => {
  const upscale = (id: string) => ({ image: `/api/media/0195f2a8-0000-7000-8000-00000000000${id}`, scale: 2 });
  const own = { ...row, input: upscale("a") };
  const recover = () => recoverPrediction(own, sentAt, sentAt + 2000);
  beforeEach(() => {
    for (const remote of recent) remote.input = { ...upscale("b"), image: "https://api.replicate.com/v1/files/b" };
    return () => recent.forEach((remote) => (remote.input = row.input));
  });

  test("a prediction is recovered, although its files have other URLs", async () => {
    await recover();
    expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(own, expect.objectContaining({ replicate_id: FIRST }), 1);
  });

  test("a prediction that another user may have started is not recovered", async () => {
    step.rivals = [upscale("b")];
    await recover();
    expect(step.applyUpdate).not.toHaveBeenCalled();
  });

  test("a prediction that becomes known as another user's in the meantime is not recovered", async () => {
    step.rivals = [upscale("b")];
    afterRead = (rows) => {
      const before = structuredClone(rows);
      step.known.add(FIRST).add(SECOND);
      step.rivals = [];
      return Promise.resolve(before);
    };
    await recover();
    expect(step.applyUpdate).not.toHaveBeenCalled();
  });
});
