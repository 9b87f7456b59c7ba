import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ModelInputs } from "@/components/models/model-inputs";
import type { Field } from "@/lib/models/inputs/fields";

const field = (changes: Partial<Field>): Field => ({
  name: "x",
  label: "X",
  kind: "boolean",
  required: false,
  order: 0,
  ...changes,
});

test.each([
  [{ default: false }, "default no"],
  [{ default: true }, "default yes"],
  [{ kind: "integer" as const, min: 1, max: 4, default: 0 }, "1 to 4 · default 0"],
  [{ kind: "select" as const, options: ["1:1", "16:9"], default: "1:1" }, "1:1, 16:9 · default 1:1"],
])("an input with %o shows “%s”", (changes, text) => {
  render(<ModelInputs fields={[field(changes)]} />);
  expect(screen.getByText(text)).toBeTruthy();
});

test("an input without a range or default shows neither", () => {
  render(<ModelInputs fields={[field({ default: "" })]} />);
  expect(screen.queryAllByRole("definition")).toHaveLength(0);
});
