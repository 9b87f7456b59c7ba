import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { History } from "@/components/history/history";
import { savedImage, predictionOf } from "../generate/fixtures";
import { stubFetch } from "../stub-fetch";

vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));

const send = stubFetch();
const partly = predictionOf({ status: "succeeded", images: [savedImage], save_error: "too_many" });

beforeEach(() => {
  render(
    <History owner="me" first={{ results: [partly], next: null }} filter={{}} loadOlder={async () => null}>
      Nothing yet
    </History>,
  );
});

async function clickSave() {
  await userEvent.click(screen.getByRole("button", { name: "Save the rest" }));
  await vi.dynamicImportSettled();
}
const posted = () => send.mock.calls.filter(([, init]) => init?.method === "POST").map(([path]) => path);

test("the rest of too many files is saved with one click", async () => {
  expect(screen.getByText("Partly saved")).toBeTruthy();
  send.mockImplementation(async () => Response.json({ ...partly, revision: partly.revision + 1, save_error: null }));
  await clickSave();
  expect(await screen.findByText("Saving")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Save the rest" })).toBeNull();
  expect(posted()).toEqual([`/api/replicate/${partly.id}/save`]);
});

test("when the rest cannot be saved, the button stays", async () => {
  send.mockImplementation(async () => new Response(null, { status: 429 }));
  await clickSave();
  expect(posted()).toEqual([`/api/replicate/${partly.id}/save`]);
  expect(screen.getByRole("button", { name: "Save the rest" })).toBeTruthy();
});
