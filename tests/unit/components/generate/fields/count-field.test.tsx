import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { sdxl } from "../fixtures";
import { bodiesOf, openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const send = prepareStudio();

function open(changes: object, start: Record<string, unknown> | null = null) {
  const fields = sdxl.map((field) => (field.isCount ? { ...field, ...changes } : field));
  openStudio({ fields, start });
}

const choices = () =>
  screen
    .getAllByRole<HTMLInputElement>("radio")
    .flatMap(({ name, value }) => (name === "input.num_outputs" ? value : []));

test("a few numbers of images are a row of choices", () => {
  open({ max: 3 });
  expect(choices()).toEqual(["1", "2", "3"]);
});

test("there is no choice when the model makes only one image", () => {
  open({ max: 1 });
  expect(choices()).toEqual([]);
  expect(screen.queryByLabelText("Images")).toBeNull();
});

test.each([
  ["of an earlier run", { max: 10 }, { num_outputs: 8 }, 8],
  ["that the model has by default", { max: 10, default: 6 }, null, 6],
  ["of a model without a maximum", { max: undefined }, { num_outputs: 12 }, 12],
])("a larger number of images, %s, is shown and sent", async (_, changes, start, number) => {
  open(changes, start);
  expect(screen.getByLabelText<HTMLInputElement>("Images").value).toBe(String(number));
  await userEvent.type(promptInput(), "a fox");
  await userEvent.click(screen.getByRole("button", { name: /Generate/ }));
  expect(bodiesOf(send).at(-1)).toMatchObject({ input: { num_outputs: number } });
});
