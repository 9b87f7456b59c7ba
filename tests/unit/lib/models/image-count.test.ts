import { expect, test } from "vitest";
import { placeholderCount } from "@/components/jobs/job";
import { getFields } from "@/lib/models/inputs/fields";
import { imageCount, imageCountNames, mayMakeFewer } from "@/lib/models/inputs/image-count";
import { documentWith } from "./documents";
import { problems } from "./problems";

type Input = Record<string, unknown>;

test.each<[Input, number]>([
  [{}, 1],
  [{ num_outputs: 4 }, 4],
  [{ num_outputs: 0 }, 1],
  [{ num_outputs: -3 }, 1],
  [{ num_outputs: 2.9 }, 2],
  [{ num_outputs: "4" }, 1],
  [{ num_outputs: "4", num_images: 2 }, 2],
])("%j asks for %i images", (input, count) => {
  expect(imageCount(input)).toBe(count);
});

test.each(imageCountNames)(
  "the server and the browser both count the images of %s, and the server limits them",
  (name) => {
    const input = { [name]: 3 };
    expect([imageCount(input), placeholderCount({ model: "", input })]).toEqual([3, 3]);
    const document = documentWith({ [name]: { type: "integer", default: 1 } });
    expect(problems(document, { [name]: 21 })).toMatchObject([{ description: `${name} must be at most 20` }]);
  },
);

test("max_images, as in Seedream, counts in full", () => {
  const document = documentWith({ max_images: { type: "integer", default: 1, minimum: 1, maximum: 15 } });
  const fields = getFields(document);
  expect([imageCount({}, fields), imageCount({ max_images: 15 }, fields)]).toEqual([1, 15]);
});

test("a model that makes four images by default counts four, unless fewer are asked for", () => {
  const fields = getFields(documentWith({ num_outputs: { type: "integer", default: 4 } }));
  expect([imageCount({}, fields), imageCount({ num_outputs: 2 }, fields)]).toEqual([4, 2]);
});

test("only an upper limit allows fewer images", () => {
  const inputs: Input[] = [{ max_images: 4 }, { max_images: 4, num_outputs: 4 }, { num_outputs: 4 }, {}];
  expect(inputs.map(mayMakeFewer)).toEqual([true, false, false, false]);
});
