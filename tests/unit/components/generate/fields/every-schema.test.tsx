import { act, cleanup, render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { ComposerFields } from "@/components/generate/composer/composer-fields";
import { fillForm, readForm } from "@/components/generate/fields/form-values";
import type { Values } from "@/components/jobs/job";
import { type Field, getFields, isUnsupportedFile } from "@/lib/models/fields";
import { checkInput } from "@/lib/models/check-input";
import { documentWith, versions } from "../../../lib/models/documents";

const IMAGE = "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02";

/** Renders the form, fills in these values, and returns what would be sent. */
function fillIn(fields: Field[], values: Values) {
  render(
    <form aria-label="Composer">
      <ComposerFields fields={fields} start={null} mediaChoices={[]} errors={new Map()} promptTools={null} />
    </form>,
  );
  const form = screen.getByRole<HTMLFormElement>("form");
  act(() => fillForm(form, fields, values));
  return { form, input: readForm(new FormData(form), fields) };
}

/** A valid value that is not the default. */
function otherThanDefault({ kind, min, max, options, default: fallback }: Field): unknown {
  switch (kind) {
    case "integer":
    case "seed":
    case "number":
      return [min, max, 7].find((value) => value !== undefined && value !== fallback);
    case "boolean":
      return fallback !== true;
    case "select":
      return options?.find((option) => option !== fallback) ?? fallback;
    case "text":
    case "longtext":
      return "a red fox";
    case "file":
      return IMAGE;
    case "files":
      return [IMAGE];
    case "json":
      return { a: [1] };
  }
}

describe.each(versions)("the form of $name", ({ document }) => {
  const fields = getFields(document);

  test("is accepted by the model when only the required settings are filled in", () => {
    const needed = fields.filter((field) => field.required && field.kind !== "file");
    const words = Object.fromEntries(needed.map((field) => [field.name, otherThanDefault(field)]));
    const prompt = fields.some(({ name }) => name === "prompt") ? { prompt: "a red fox" } : {};
    const { input } = fillIn(fields, { ...words, ...prompt });
    const mediaChoices = fields.filter((field) => field.required && field.kind === "file");
    expect(() =>
      checkInput(document, { ...input, ...Object.fromEntries(mediaChoices.map(({ name }) => [name, IMAGE])) }),
    ).not.toThrow();
  });

  test("sends a value of every setting, in its own type", () => {
    const wanted = Object.fromEntries(
      fields
        .filter((field) => !isUnsupportedFile(field))
        .map((field) => [field, otherThanDefault(field)] as const)
        .filter(([field, value]) => value !== field.default)
        .map(([field, value]) => [field.name, value]),
    );
    const { form, input } = fillIn(fields, wanted);
    // The size comes from the aspect ratio, and the composer limits the count.
    const sent = { ...wanted, ...(wanted.width === undefined ? {} : { width: input.width, height: input.height }) };
    expect(input).toMatchObject(sent);
    expect([...form.querySelectorAll<HTMLInputElement>(":invalid")].map(({ name }) => name)).toEqual([]);
    cleanup();
  });
});

test("a list of images is sent as a list, and can be filled in again", () => {
  const items = { type: "string", format: "uri" };
  const document = documentWith({ image_input: { type: "array", items, maxItems: 4 } });
  const fields = getFields(document);
  expect(fields).toMatchObject([{ kind: "files", max: 4 }]);
  const wanted = { image_input: [IMAGE, IMAGE.replace("5f0f", "6f0f")] };
  const { form, input } = fillIn(fields, wanted);
  expect(input).toEqual(wanted);
  act(() => fillForm(form, fields, {}));
  expect(readForm(new FormData(form), fields)).toEqual({});
});

test("a form of unusual settings can be filled in and sent", () => {
  const document = documentWith({
    "with spaces": { type: "string" },
    model: { type: "string" },
    key: { type: "integer", minimum: 9, maximum: 1 },
    shape: { enum: ["a", 1, "1"] },
    list: { type: "array", items: { type: "string" } },
    odd: { type: "banana" },
    nothing: null,
    many: { enum: Array.from({ length: 500 }, (_, index) => `choice ${index}`) },
  });
  const wanted = {
    "with spaces": "x",
    model: "y",
    key: 5,
    shape: "a",
    list: ["a", "b"],
    odd: { deep: [1] },
    nothing: 4,
    many: "choice 499",
  };
  const { form, input } = fillIn(getFields(document), wanted);
  expect(input).toEqual(wanted);
  expect(form.checkValidity()).toBe(true);
});
