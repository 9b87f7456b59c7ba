import { expect, test } from "vitest";
import { fitChoices, uploadToMediaChoice } from "@/components/generate/fields/to-media-choice";
import type { Field } from "@/lib/models/inputs/fields";

const field = (name: string, takes: Field["takes"]): Field => ({
  name,
  label: name,
  kind: "file",
  ...(takes && { takes }),
  required: false,
  order: 0,
});
const choice = (kind: "image" | "video" | "audio" | "file", content_type = `${kind}/x`) => ({
  value: `/api/uploads/${kind}`,
  thumb: "",
  label: kind,
  kind,
  content_type,
});

test("a choice names the fields that take it, unless all do, and one that no field takes is left out", () => {
  const fields = [field("image", "image"), field("voice", "audio")];
  const fitted = fitChoices([choice("image"), choice("video"), choice("audio"), choice("file")], fields);
  expect(fitted.map(({ label, fields: names }) => [label, names])).toEqual([
    ["image", ["image"]],
    ["video", ["voice"]],
    ["audio", ["voice"]],
  ]);
  expect(fitChoices([choice("image")], [field("image", "image"), field("mask", "mask")])).toEqual([choice("image")]);
});

test("an SVG is no image for a model", () => {
  const drawing = choice("image", "image/svg+xml");
  expect(fitChoices([drawing], [field("image", "image")])).toEqual([]);
  expect(fitChoices([drawing], [field("file", "any")])).toEqual([drawing]);
});

test("an upload has its name and its small version, if there is one", () => {
  const url = "/api/uploads/a";
  expect(uploadToMediaChoice({ url, thumb_url: `${url}?size=thumb`, name: "fox.png", kind: "image" })).toMatchObject({
    thumb: `${url}?size=thumb`,
    label: "fox.png",
  });
  expect(uploadToMediaChoice({ url, thumb_url: null, name: "", kind: "video" })).toMatchObject({
    thumb: "",
    label: "Uploaded file",
  });
  expect(uploadToMediaChoice({ url })).toMatchObject({ thumb: `${url}?size=thumb` });
});
