import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DECODED_TYPES } from "@/lib/media/formats/format";
import { IMAGES } from "../../../../support/images";

test("the database accepts the same formats, in the table of uploads", () => {
  const folder = "supabase/migrations";
  const lists = readdirSync(folder).flatMap((name) =>
    [...readFileSync(`${folder}/${name}`, "utf8").matchAll(/[([]('image\/[^)\]]+)[)\]]/g)].map(([, list]) => list),
  );
  expect(lists).toEqual([`'${DECODED_TYPES.join("', '")}'`]);
});

test("the upload button accepts the same formats", () => {
  expect(readFileSync("components/generate/fields/media-tiles.tsx", "utf8")).toContain(`"${DECODED_TYPES.join()}"`);
});

test("the tests have an image of each format", () => {
  expect(new Set(Object.values(IMAGES).map(({ contentType }) => contentType))).toEqual(new Set(DECODED_TYPES));
});
