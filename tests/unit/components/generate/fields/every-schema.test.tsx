import { act, cleanup, render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { ComposerFields } from "@/components/generate/composer/composer-fields";
import { fillForm } from "@/components/generate/fields/form-values";
import { readForm, readSecrets } from "@/components/generate/fields/read-form";
import type { Values } from "@/components/jobs/job";
import { checkInput } from "@/lib/models/inputs/check-input";
import { type Field, getFields } from "@/lib/models/inputs/fields";
import { isUsed } from "@/lib/models/inputs/used-when";
import { documentWith, versions } from "../../../lib/models/documents";
import { size } from "../../../../support/form";
import { SECRET, validValue } from "../../../lib/models/values";

const IMAGE = "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02";

/** Renders the form and fills in these values. Returns the form, and the input that it would send. */
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

function valuesOf(fields: Field[]): Values {
  return Object.fromEntries(fields.map((field) => [field.name, validValue(field)]));
}

/** Adds the required secrets to an input, because `fillForm` does not fill in secrets. */
function addMissing(fields: Field[], input: Values): Values {
  const missing = fields.filter((field) => field.required && field.kind === "secret");
  return { ...input, ...valuesOf(missing) };
}

/** The versions whose forms are tested: in a full run all, and in a short run every third, because rendering a form is slow. */
const drawn = versions.filter((_, index) => index % size(3, 1) === 0);

describe.each(drawn)("the form of $name", ({ document }) => {
  const fields = getFields(document);

  test("is accepted by the model when only the required settings are filled in", () => {
    const prompt = fields.some(({ name }) => name === "prompt") ? { prompt: "a red fox" } : {};
    const { input } = fillIn(fields, { ...valuesOf(fields.filter(({ required }) => required)), ...prompt });
    expect(() => checkInput(document, addMissing(fields, input))).not.toThrow();
  });

  test("sends nothing that was not touched", () => {
    const { input } = fillIn(fields, {});
    // These inputs are sent even with their default values, because the card of a running prediction needs them.
    const always = [
      "width",
      "height",
      "aspect_ratio",
      ...fields.filter(({ isCount }) => isCount).map(({ name }) => name),
    ];
    expect(Object.keys(input).filter((name) => !always.includes(name))).toEqual([]);
  });

  test("sends a value of every setting, in its own type, and the model accepts them", () => {
    const shown = fields.filter((field) => field.kind !== "secret");
    const wanted = valuesOf(shown);
    const { form, input } = fillIn(fields, wanted);
    // The settings that must be sent: not those with their default values, nor those that other settings make unused.
    const chosen = Object.entries(wanted).filter(([name, value]) => {
      const field = fields.find((one) => one.name === name)!;
      return JSON.stringify(value) !== JSON.stringify(field.default) && isUsed(field, fields, wanted);
    });
    // The composer limits the number of images, so this number is not compared.
    const counts = fields.filter(({ isCount }) => isCount).map(({ name }) => name);
    expect(input).toMatchObject(Object.fromEntries(chosen.filter(([name]) => !counts.includes(name))));
    expect(
      [...form.querySelectorAll<HTMLInputElement>(":invalid:not([type=password])")].map(({ name }) => name),
    ).toEqual([]);
    expect(() => checkInput(document, addMissing(fields, input))).not.toThrow();
    cleanup();
  });

  test("keeps secrets out of the values that are saved", () => {
    const secrets = fields.filter(({ kind }) => kind === "secret");
    const { form } = fillIn(fields, valuesOf(secrets));
    for (const { name } of secrets) {
      const control = form.querySelector<HTMLInputElement>(`[name="input.${name}"]`)!;
      expect([control.type, control.value]).toEqual(["password", ""]);
      control.value = SECRET;
    }
    act(() => fillForm(form, fields, {}));
    const data = new FormData(form);
    expect(JSON.stringify(readForm(data, fields))).not.toContain(SECRET);
    expect(readSecrets(data, fields)).toEqual(Object.fromEntries(secrets.map(({ name }) => [name, SECRET])));
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
