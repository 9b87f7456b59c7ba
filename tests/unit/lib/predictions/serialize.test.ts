import { describe, expect, test, vi } from "vitest";
import { serializePrediction } from "@/lib/predictions/queries";
import { Prediction } from "@/lib/predictions/schema";
import { imageRow, predictionRow } from "./row";

const settings = vi.hoisted(() => ({ SHARING: true }));
vi.mock("@/lib/env", () => ({ env: () => settings }));

const FILES = ["https://replicate.delivery/a/out-0.png", "https://replicate.delivery/a/out-1.png"];
const SECOND = "0195f2a8-0000-7000-8000-00000000000b";

describe("a prediction as the API shows it", () => {
  test("gives an image its colour, except a cut-out, which would show it", () => {
    const colour = (tool: string | null) =>
      serializePrediction(predictionRow(), [imageRow({ placeholder: "#7a6b5c", tool })]).images[0]?.placeholder;
    expect([colour(null), colour("remove-background")]).toEqual(["#7a6b5c", null]);
  });

  test("has exactly the fields of the schema", () => {
    const shown = serializePrediction(predictionRow({ status: "succeeded", output: FILES }), [imageRow()]);
    expect(Prediction.strict().parse(shown)).toEqual(shown);
    expect(shown.urls).toEqual({ get: `/api/replicate/${shown.id}`, cancel: `/api/replicate/${shown.id}` });
  });

  test("hides the user, Replicate's id and the lease", () => {
    const row = predictionRow({ replicate_id: "secret-id", lease_token: "0195f2a8-0000-7000-8000-00000000000c" });
    const shown = JSON.stringify(serializePrediction(row, [imageRow()]));
    for (const hidden of [row.user_id, row.lease_token, "secret", "attempts"]) expect(shown).not.toContain(hidden);
  });

  test("has our own URL for each saved file, and Replicate's for the others", () => {
    const shown = serializePrediction(predictionRow({ output: FILES }), [
      imageRow({ id: SECOND, position: 1, thumb_path: "t" }),
    ]);
    expect(shown.output).toEqual([FILES[0], `/api/media/${SECOND}`]);
    expect(shown.images).toMatchObject([{ thumb_url: `/api/media/${SECOND}?size=thumb` }]);
  });

  test("has our own URL for a deleted image, not Replicate's", () => {
    const shown = serializePrediction(predictionRow({ output: FILES, deleted_images: { "0": SECOND } }), []);
    expect(shown.output).toEqual([`/api/media/${SECOND}`, FILES[1]]);
    expect(shown.images).toEqual([]);
  });

  test("says that the rest has expired once Replicate has deleted it", () => {
    const saveError = (output_expires_at: string) =>
      serializePrediction(predictionRow({ save_error: "too_many", output_expires_at }), []).save_error;
    expect(saveError("2100-01-01T00:00:00Z")).toBe("too_many");
    expect(saveError("2026-01-01T00:00:00Z")).toBe("expired");
  });

  test("keeps the structure of the output", () => {
    const output = { images: [FILES[0]], seed: 7, mask: FILES[1] };
    expect(serializePrediction(predictionRow({ output }), [imageRow()]).output).toEqual({
      images: [`/api/media/${imageRow().id}`],
      seed: 7,
      mask: FILES[1],
    });
    expect(serializePrediction(predictionRow({ output: undefined }), []).output).toBeNull();
  });

  test("leaves URLs that are text as they are, and names them", () => {
    const links = ["https://creativecommons.org/x"];
    const shown = serializePrediction(predictionRow({ output: [...links, FILES[0]], links }), [imageRow()]);
    expect(shown).toMatchObject({ output: [...links, `/api/media/${imageRow().id}`], links });
  });

  test("has its images in the order of the output", () => {
    const rows = [imageRow({ id: SECOND, position: 1 }), imageRow()];
    expect(serializePrediction(predictionRow({ output: FILES }), rows).images.map((image) => image.position)).toEqual([
      0, 1,
    ]);
  });

  test("says whether the owner may share an image", () => {
    const sharing = (taken_down_at: string | null) =>
      serializePrediction(predictionRow(), [imageRow({ taken_down_at })]).images[0]?.sharing;
    const time = "2026-11-21T14:32:09.500Z";
    expect([sharing(null), sharing(time)]).toEqual(["allowed", "taken_down"]);
    settings.SHARING = false;
    expect([sharing(null), sharing(time)]).toEqual(["off", "taken_down"]);
    settings.SHARING = true;
  });

  test("has what the owner did with each image", () => {
    const shown = serializePrediction(predictionRow({ output: FILES }), [
      imageRow({ favorite: true, share_token: "t1" }),
    ]);
    expect(shown.images).toMatchObject([{ favorite: true, share_token: "t1" }]);
  });

  test("has the time of the next try only while it is queued", () => {
    const at = "2026-11-21T14:32:10.000Z";
    expect(serializePrediction(predictionRow({ status: "queued", next_at: at }), []).queued_until).toBe(at);
    expect(serializePrediction(predictionRow({ status: "processing", next_at: at }), []).queued_until).toBeNull();
  });
});
