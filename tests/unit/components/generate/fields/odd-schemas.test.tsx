import { act, cleanup, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ComposerFields } from "@/components/generate/composer/composer-fields";
import { fillForm } from "@/components/generate/fields/form-values";
import { readForm } from "@/components/generate/fields/read-form";
import { getFields } from "@/lib/models/inputs/fields";
import { oddDocuments } from "../../../lib/models/odd-schemas";
import { problems } from "../../../lib/models/problems";
import { validValue } from "../../../lib/models/values";
import { size } from "../../../../support/form";

const count = size(100, 500);
const documents = oddDocuments(count);
const parts = Array.from({ length: count / 50 }, (_, part) => ({
  part,
  some: documents.slice(part * 50, part * 50 + 50),
}));

test.each(parts)("odd schemas have a form that can be filled in and read, part $part", ({ some }) => {
  for (const document of some) {
    const fields = getFields(document);
    render(
      <form aria-label="Composer">
        <ComposerFields fields={fields} start={null} mediaChoices={[]} errors={new Map()} promptTools={null} />
      </form>,
    );
    const form = screen.getByRole<HTMLFormElement>("form");
    const untouched = readForm(new FormData(form), fields);
    // The untouched form may have only these problems: a required value is missing, or a default value is outside the limits or
    // not one of the choices.
    for (const { field, type } of problems(document, untouched)) {
      expect([field, type]).toEqual([field, expect.stringMatching(/required|too_big|too_small|invalid_value/)]);
    }
    const values = Object.fromEntries(fields.map((field) => [field.name, validValue(field)]));
    act(() => fillForm(form, fields, values));
    const input = readForm(new FormData(form), fields);
    for (const { field } of problems(document, input)) expect(field).toMatch(/^input/);
    cleanup();
  }
});
