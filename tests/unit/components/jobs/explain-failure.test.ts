import { describe, expect, test } from "vitest";
import { explainFailure } from "@/components/jobs/explain-failure";
import { ErrorCode, SaveError, Status } from "@/lib/predictions/schema";
import { IMAGE } from "@/tests/unit/lib/predictions/row";

type Subject = Parameters<typeof explainFailure>[0];

const explain = (state: Partial<Subject>) =>
  explainFailure({
    status: "succeeded",
    provisional: false,
    error: null,
    error_code: null,
    input: {},
    output: null,
    links: [],
    output_expires_at: null,
    saved_at: null,
    save_error: null,
    images: [],
    ...state,
  });

/** All states of a prediction that has ended without its complete result. */
const BAD_ENDS: Partial<Subject>[] = [
  { status: "failed" },
  ...ErrorCode.options.map((error_code) => ({ status: "failed" as const, error_code })),
  { status: "failed", error: "CUDA out of memory. Tried to allocate 2.00 GiB" },
  { status: "canceled" },
  { status: "aborted" },
  ...SaveError.options.filter((code) => code !== "retrying").map((save_error) => ({ save_error })),
  { save_error: "expired", images: [IMAGE] },
];

describe("the words for a failure", () => {
  test.each(BAD_ENDS)("are short and plain for %j", (state) => {
    const failure = explain(state);
    expect(failure).not.toBeNull();
    const words = `${failure?.title} ${failure?.remedy}`;
    expect(words).not.toMatch(/[!_]|error|null|undefined|\b[EC]\d{3,4}\b|\b[45]\d\d\b/i);
    expect(failure?.title).not.toMatch(/\.$/);
    expect(failure?.remedy).toMatch(/\.$/);
    expect(failure?.title.length).toBeLessThanOrEqual(60);
    expect(failure?.remedy.length).toBeLessThanOrEqual(100);
  });

  test("differ between all error codes, and between all save errors", () => {
    const titles = ErrorCode.options.map((error_code) => explain({ status: "failed", error_code })?.title);
    titles.push(...SaveError.options.map((save_error) => explain({ save_error })?.title));
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe("nothing is said", () => {
  test.each(Status.options.filter((status) => !["failed", "canceled", "aborted"].includes(status)))(
    "while a prediction is %s",
    (status) => {
      expect(explain({ status })).toBeNull();
    },
  );

  test("while saving is tried again", () => {
    expect(explain({ save_error: "retrying" })).toBeNull();
  });

  test("once everything is saved", () => {
    expect(explain({ saved_at: "2026-01-01T00:00:00Z" })).toBeNull();
  });
});

describe("the remedy", () => {
  test.each([
    [{ status: "failed", error_code: "content_rejected" }, true],
    [{ status: "failed", error_code: "provider_refused" }, false],
    [{ status: "failed", error_code: "provider_unreachable" }, true],
    [{ status: "canceled" }, true],
    [{ save_error: "expired" }, true],
    [{ save_error: "too_large" }, false],
    [{ save_error: "damaged", saved_at: "2026-01-01T00:00:00Z" }, true],
  ] as const)("of %j: the same request again is offered: %s", (state, isOffered) => {
    expect(explain(state)?.action).toBe(isOffered ? "Run again" : null);
  });

  test("of too many files is to save the rest", () => {
    const output = ["/api/media/1", "https://replicate.delivery/2.png", "https://replicate.delivery/3.png"];
    const output_expires_at = "2026-01-01T14:02:00Z";
    expect(explain({ save_error: "too_many", images: [IMAGE], output, output_expires_at })).toMatchObject({
      title: "1 of 3 images are saved",
      action: "Save the rest",
      until: output_expires_at,
    });
  });

  const clip = "https://replicate.delivery/a.mp4";
  const until = "2999-01-01T00:00:00.000Z";

  test.each([
    ["too_large", [clip], "The video is too large to be saved"],
    ["too_large", ["/api/media/1", clip, clip.replace("mp4", "wav")], "2 files are too large to be saved"],
    ["unsupported_output", clip, "The video is in a form that cannot be saved"],
  ] as const)("of a file that is %s is to save it elsewhere while it lives: %#", (save_error, output, title) => {
    const images = [IMAGE].slice(output.length === 3 ? 0 : 1);
    const failure = explain({ save_error, images, output, output_expires_at: until });
    expect(failure).toMatchObject({ title, action: null, until });
    expect(failure?.files).toEqual([output].flat().filter((url) => url.startsWith("https")));
    expect(failure?.remedy).toMatch(/^Save (it|them) to your device before Replicate deletes (it|them)\.$/);
  });

  test("of a text that is too large names no file", () => {
    const failure = explain({ save_error: "too_large", output: ["a long text", null] });
    expect(failure).toMatchObject({ title: "The result is too large to be saved in full", action: null });
    expect(failure?.files).toBeUndefined();
  });

  test("of a file that could not be saved, and is deleted now, is another run", () => {
    const gone = { save_error: "too_large" as const, output: clip, output_expires_at: "2026-01-01T00:00:00.000Z" };
    const failure = explain(gone);
    expect(failure?.title).toBe("The video is too large to be saved");
    expect(failure?.remedy).toMatch(/^Replicate has deleted it\./);
    expect(failure?.files).toBeUndefined();
  });

  test("of a provisional prediction is that a late result will be saved", () => {
    const failure = explain({ status: "failed", provisional: true, error_code: "timed_out" });
    expect(failure?.title).toBe("No result from Replicate yet");
    expect(failure?.remedy).toBe(
      "If a result still arrives, it will be saved. If you run this again, both runs count toward your limits.",
    );
  });

  test("of a model that ran out of memory is a smaller size", () => {
    const failure = explain({ status: "failed", error_code: "model_failed", error: "CUDA out of memory." });
    expect(failure?.remedy).toContain("smaller size");
  });

  test("is shown for dropped images although all others are saved", () => {
    const saved_at = "2026-01-01T00:00:00Z";
    const dropped = {
      saved_at,
      save_error: "dropped" as const,
      images: [IMAGE],
      output: ["/api/media/1", "/api/media/2"],
    };
    const input = { num_outputs: 3 };
    expect(explain({ ...dropped, input })).toMatchObject({ title: "2 of 3 images arrived", action: "Run again" });
    // Without `num_outputs`, the model uses its own default, so the number of requested images is unknown.
    expect(explain(dropped)?.title).toBe("Some images did not arrive");
  });

  test("of a partly saved prediction says that some were not saved", () => {
    expect(explain({ save_error: "expired", images: [IMAGE] })?.title).toBe("Some images could not be saved");
  });
});
