import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { IMAGE_TYPES } from "@/lib/media/formats/format";
import { explainFailure } from "@/components/jobs/failure";
import { IMAGES } from "../../../../support/images";

test("the database accepts the same formats, in the table of uploads and in the bucket", () => {
  const folder = "supabase/migrations";
  const lists = readdirSync(folder).flatMap((name) =>
    [...readFileSync(`${folder}/${name}`, "utf8").matchAll(/[([]('image\/[^)\]]+)[)\]]/g)].map(([, list]) => list),
  );
  expect(lists).toEqual(Array(2).fill(`'${IMAGE_TYPES.join("', '")}'`));
});

test("the upload button accepts the same formats", () => {
  expect(readFileSync("components/generate/fields/media-tiles.tsx", "utf8")).toContain(`"${IMAGE_TYPES.join()}"`);
});

test("the explanation of an unsupported output names the same formats", () => {
  const prediction = {
    status: "succeeded",
    provisional: false,
    error: null,
    error_code: null,
    saved_at: null,
  } as const;
  const failure = explainFailure({
    ...prediction,
    save_error: "unsupported_output",
    images: [],
    input: {},
    output: [],
    output_expires_at: null,
  });
  const named = failure?.remedy.match(/[A-Z]\w*[A-Z]/g)?.map((name) => `image/${name.toLowerCase()}`);
  expect(named).toEqual([...IMAGE_TYPES]);
});

test("the tests have an image of each format", () => {
  expect(new Set(Object.values(IMAGES).map(({ contentType }) => contentType))).toEqual(new Set(IMAGE_TYPES));
});
