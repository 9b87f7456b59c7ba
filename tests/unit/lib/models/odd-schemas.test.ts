import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { checkInput, withoutNull } from "@/lib/models/inputs/check-input";
import { getFields } from "@/lib/models/inputs/fields";
import { imageCount } from "@/lib/models/inputs/image-count";
import { secretNames } from "@/lib/models/inputs/secrets";
import { whatItMakes, whatItTakes } from "@/lib/models/inputs/takes-and-makes";
import { oddDocuments } from "./odd-schemas";
import { problems } from "./problems";
import { validValue } from "./values";
import { size } from "../../../support/form";

const count = size(100, 500);
const documents = oddDocuments(count);
const parts = Array.from({ length: count / 50 }, (_, part) => ({
  part,
  some: documents.slice(part * 50, part * 50 + 50),
}));

test.each(parts)(
  "odd schemas have forms, whose values are accepted or refused by their names, part $part",
  ({ some }) => {
    for (const document of some) {
      const fields = getFields(document);
      expect([whatItMakes(document), ...whatItTakes(fields)]).not.toContain(undefined);
      expect(imageCount({}, fields)).toBeGreaterThan(0);
      expect(secretNames(document, {})).toEqual(
        expect.arrayContaining(fields.filter(({ kind }) => kind === "secret").map(({ name }) => name)),
      );
      const names = fields.map(({ name }) => name);
      for (const input of [
        {},
        Object.fromEntries(names.map((name) => [name, null])),
        Object.fromEntries(fields.map((field) => [field.name, field.default])),
        Object.fromEntries(fields.map((field) => [field.name, validValue(field)])),
        Object.fromEntries(names.map((name) => [name, { deep: [[1]] }])),
      ]) {
        for (const { field, description } of problems(document, withoutNull(document, input))) {
          const isNamed =
            field === "input" ? names.some((name) => description.startsWith(name)) : field.startsWith("input.");
          expect([description, isNamed]).toEqual([description, true]);
        }
      }
    }
  },
);

test("no input of an odd schema causes another error", () => {
  const errors = documents.slice(0, 100).flatMap((document) =>
    [undefined, Number.NaN, "x".repeat(20_000), [null], Symbol.iterator, () => 1].map((value) => {
      try {
        checkInput(document, Object.fromEntries(getFields(document).map(({ name }) => [name, value])));
        return null;
      } catch (error) {
        return error;
      }
    }),
  );
  expect(errors.filter((error) => error !== null && !(error instanceof AppError))).toEqual([]);
});
