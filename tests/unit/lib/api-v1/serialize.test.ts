import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { toReplicatePrediction } from "@/lib/api-v1/predictions/serialize";
import { predictionRow } from "../predictions/row";
import { stubSettings } from "../stub-settings";

const ORIGIN = "https://app.test";
const { id } = predictionRow();
const MEDIA = "0195f2a8-0000-7000-8000-00000000000a";
const UPLOAD = "0195f2a8-0000-7000-8000-00000000000b";
const NO_FILES = { media: [], uploads: new Set<string>() };

beforeAll(() => stubSettings());
afterAll(() => void vi.unstubAllEnvs());

/** Returns a signed URL without its end time and its signature. */
const pathOf = (url: unknown) => String(url).replace(/\?expires=\d+&signature=[\w-]{43}$/, "");
const outputPath = (position: number, name: string) => `${ORIGIN}/api/v1/outputs/${id}/${position}/${name}`;

test("a prediction that is queued here has the status `starting`, without fields that it does not have yet", () => {
  const told = toReplicatePrediction(predictionRow({ status: "queued", version: null }), NO_FILES, ORIGIN);
  expect(told).toMatchObject({ status: "starting", version: "hidden", output: null, source: "api" });
  expect(Object.keys(told)).not.toContain("started_at");
  expect(Object.keys(told.urls)).toEqual(["cancel", "get", "web"]);
});

test("each file in any shape of output has its own URL, with a name that needs no encoding", () => {
  const output = {
    list: ["https://replicate.delivery/x/out-0.png", "a text"],
    nested: { file: "https://replicate.delivery/x/a%20b.webp?x=1", number: 7 },
    data: "data:image/png;base64,AAAA",
    link: "https://example.com/page.html",
  };
  const row = predictionRow({ status: "succeeded", output, links: ["https://example.com/page.html"] });
  const told = toReplicatePrediction(row, NO_FILES, ORIGIN).output as typeof output;
  expect([told.list.map(pathOf), pathOf(told.nested.file), pathOf(told.data)]).toEqual([
    [outputPath(0, "out-0.png"), "a text"],
    outputPath(1, "output-1.webp"),
    outputPath(2, "output-2.png"),
  ]);
  expect([told.nested.number, told.link]).toEqual([7, output.link]);
});

test("stored files in the input have signed URLs, and everything else is returned as it was sent", () => {
  const input = { image: `/api/media/${MEDIA}`, images: [`/api/uploads/${UPLOAD}`], url: "https://a.test/x.png" };
  const media = { id: MEDIA, prediction_id: id, position: 3, storage_path: `u/${id}/3.webp` };
  const files = { media: [media], uploads: new Set([UPLOAD]) };
  const told = toReplicatePrediction(predictionRow({ input }), files, ORIGIN).input;
  expect({ ...told, image: pathOf(told["image"]), images: [told["images"]].flat().map(pathOf) }).toEqual({
    image: outputPath(3, "3.webp"),
    images: [`${ORIGIN}/api/v1/files/${UPLOAD}/download`],
    url: "https://a.test/x.png",
  });
  const others = toReplicatePrediction(predictionRow({ input }), NO_FILES, ORIGIN).input;
  expect(others).toMatchObject({
    image: `${ORIGIN}/api/media/${MEDIA}`,
    images: [`${ORIGIN}/api/uploads/${UPLOAD}`],
  });
});

test("a stream, a deadline and a webhook are returned if there are any", () => {
  const more = { webhook: "https://a.test/hook", webhook_events: ["completed" as const] };
  const row = { ...predictionRow({ streams: true, deadline: "2026-11-21T15:00:00.000Z" }), ...more };
  const told = toReplicatePrediction(row, NO_FILES, ORIGIN);
  expect(pathOf(told.urls.stream)).toBe(`${ORIGIN}/api/v1/streams/${id}`);
  expect(told).toMatchObject({
    deadline: "2026-11-21T15:00:00.000Z",
    webhook: "https://a.test/hook",
    webhook_events_filter: ["completed"],
  });
});
