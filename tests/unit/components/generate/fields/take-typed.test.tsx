import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { SettingField } from "@/components/generate/fields/setting-field";
import type { Field } from "@/lib/models/inputs/fields";

// The code of the rich controls is loaded only when the test resolves this promise.
const arrival = vi.hoisted(() => Promise.withResolvers<void>());
vi.mock("@/components/generate/fields/rich-controls/rich-control", async (original) => {
  await arrival.promise;
  return original<object>();
});

const fieldOf = (more: Partial<Field>): Field => ({
  name: "messages",
  label: "Messages",
  kind: "json",
  json: "array",
  required: false,
  order: 1,
  ...more,
});
const draw = (field: Field) => <SettingField field={field} value={undefined} mediaChoices={[]} isFirstMedia={false} />;
const textIn = (name: string) => screen.getByRole<HTMLTextAreaElement>("textbox", { name }).value;

test("what is typed before the rich control arrives stays", async () => {
  render(
    <>
      {draw(fieldOf({}))}
      {draw(fieldOf({ name: "words", label: "Words", kind: "texts", json: undefined }))}
    </>,
  );
  fireEvent.input(screen.getByRole("textbox", { name: "Messages" }), { target: { value: '{"role": "user"' } });
  fireEvent.input(screen.getByRole("textbox", { name: "Words" }), { target: { value: "a fox\na hen" } });
  arrival.resolve();
  expect(await screen.findByText(/This is not valid JSON yet/)).toBeTruthy();
  expect(textIn("Messages")).toBe('{"role": "user"');
  expect(screen.getByRole("button", { name: /a fox/ })).toBeTruthy();
  expect(screen.getByRole("button", { name: /a hen/ })).toBeTruthy();
});
