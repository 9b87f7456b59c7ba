import { expect, test } from "vitest";
import { DECODED_TYPES } from "@/lib/media/formats/format";
import { IMAGES } from "../../../../support/images";

test("the tests have an image of each format", () => {
  expect(new Set(Object.values(IMAGES).map(({ contentType }) => contentType))).toEqual(new Set(DECODED_TYPES));
});
