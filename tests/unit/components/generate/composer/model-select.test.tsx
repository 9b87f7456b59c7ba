import { render, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { ModelSelect } from "@/components/generate/composer/model-select";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

test("the models are grouped by task, after a model that is not featured", () => {
  const choices = [
    { id: "me/mine", title: "mine", group: null, isMaker: false },
    { id: "a/one", title: "One", group: "Generate an image", isMaker: true },
    { id: "a/two", title: "Two", group: "Generate an image", isMaker: true },
    { id: "a/film", title: "Film", group: "Make a video", isMaker: false },
  ];
  render(<ModelSelect model="me/mine" choices={choices} />);
  const select = screen.getByRole<HTMLSelectElement>("combobox", { name: "Model" });
  expect(select.value).toBe("me/mine");
  expect(within(select).getAllByRole("option")).toHaveLength(4);
  const groups = screen.getAllByRole("group").map((group) => [
    group.getAttribute("label"),
    within(group)
      .getAllByRole("option")
      .map(({ textContent }) => textContent),
  ]);
  expect(groups).toEqual([
    ["Generate an image", ["One", "Two"]],
    ["Make a video", ["Film"]],
  ]);
  expect(select.firstElementChild?.textContent).toBe("mine");
});
