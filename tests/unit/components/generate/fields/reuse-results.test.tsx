import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { predictionOf } from "../fixtures";
import { bodiesOf, openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: vi.fn<() => void>() }) }));

const send = prepareStudio();

test("with a seed, the user can choose to get the same result again, which the card says", async () => {
  const scroll = vi.fn<Element["scrollIntoView"]>();
  HTMLElement.prototype.scrollIntoView = scroll;
  const known = predictionOf({ id: "known", status: "succeeded", input: { prompt: "a red fox", seed: 7 } });
  const owner = openStudio({
    predictions: [predictionOf({ id: "newer", status: "failed", created_at: "2026-11-22T09:00:00.000Z" }), known],
  });
  const choice = await screen.findByRole("checkbox", { name: "Reuse an earlier result with the same settings" });
  await userEvent.click(choice);
  await userEvent.type(promptInput(), "a red fox");
  await userEvent.type(screen.getByLabelText("Seed"), "7");
  send.mockImplementation(async () => Response.json(known));
  await userEvent.click(screen.getByRole("button", { name: /Generate/ }));
  expect(bodiesOf(send)).toContainEqual(expect.objectContaining({ reuse: true }));
  const note = await screen.findByText(/earlier result is shown, at no cost/, { ignore: "[role=status] *" });
  expect(screen.getAllByRole("article").map((card) => card.contains(note))).toEqual([false, true]);
  await waitFor(() => expect(scroll).toHaveBeenCalled());

  cleanup();
  scroll.mockClear();
  openStudio({ owner });
  await screen.findByText(/The earlier result is shown/, { ignore: "[role=status] *" });
  expect(scroll).not.toHaveBeenCalled();
  expect(
    (await screen.findByRole<HTMLInputElement>("checkbox", { name: "Reuse an earlier result with the same settings" }))
      .checked,
  ).toBe(true);
});
