import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { getFields } from "@/lib/models/inputs/fields";
import { documentWith } from "../../../lib/models/documents";
import { bodiesOf, openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

const send = prepareStudio();

const fields = getFields(
  documentWith(
    {
      prompt: { type: "string" },
      aspect_ratio: { type: "string", enum: ["1:1", "custom"], default: "1:1" },
      width: { type: "integer", minimum: 256, description: "Width in pixels, only used when aspect_ratio=custom." },
      enhance: { type: "boolean", default: false },
      polish: { type: "boolean", default: true, description: "Only counts with enhance." },
    },
    { required: ["prompt"] },
  ),
);

const generate = () => userEvent.click(screen.getByRole("button", { name: /Generate/ }));

test("a setting that does not count is hidden, not checked and not sent", async () => {
  openStudio({ model: "a/b", fields });
  await userEvent.type(promptInput(), "a fox");
  await waitFor(() => expect(screen.queryByLabelText("Width")?.closest("fieldset")?.hidden).toBe(true));
  expect(screen.getByLabelText("Polish", { exact: false }).closest("fieldset")?.hidden).toBe(true);
  await generate();
  expect(bodiesOf(send)).toEqual([{ model: "a/b", input: { prompt: "a fox", aspect_ratio: "1:1" } }]);

  await userEvent.click(screen.getByRole("radio", { name: "custom" }));
  const width = screen.getByLabelText<HTMLInputElement>("Width");
  expect(width.closest("fieldset")?.hidden).toBe(false);
  await userEvent.type(width, "10");
  await generate();
  // A width of 10 is less than the minimum, so no second request is sent.
  expect(send).toHaveBeenCalledTimes(1);

  await userEvent.click(screen.getByRole("radio", { name: "1:1" }));
  await generate();
  expect(bodiesOf(send)[1]).toEqual({ model: "a/b", input: { prompt: "a fox", aspect_ratio: "1:1" } });
});

test("a hidden setting keeps its value until it counts again", async () => {
  openStudio({ model: "a/b", fields });
  await userEvent.type(promptInput(), "a fox");
  const enhance = screen.getByLabelText("Enhance");
  await waitFor(() => expect(screen.getByLabelText("Polish", { exact: false }).closest("fieldset")?.hidden).toBe(true));
  await userEvent.click(enhance);
  await userEvent.click(screen.getByLabelText("Polish", { exact: false }));
  await userEvent.click(enhance);
  await userEvent.click(enhance);
  await generate();
  expect(bodiesOf(send)).toMatchObject([{ input: { enhance: true, polish: false } }]);
});
