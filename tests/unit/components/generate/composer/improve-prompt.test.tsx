import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { openedSource, stubEventSource } from "../../fake-event-source";
import { predictionOf } from "../fixtures";
import { openStudio, prepareStudio, promptInput } from "../open-studio";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => {} }) }));

stubEventSource();
const send = prepareStudio();

const running = predictionOf({ id: "w1", tool: "improve", status: "processing" });
const written = (text: string): Prediction => ({ ...running, status: "succeeded", output: [text] });

/** Responds to each POST to /api/words with the next of `answers`, and to each GET of the prediction with the text `saved`. */
function answer(answers: (Prediction | Response)[], saved = "a fox in snow, at dusk.") {
  const left = [...answers];
  send.mockImplementation(async (path) => {
    if (!String(path).startsWith("/api/words")) return Response.json(written(saved));
    const next = left.shift();
    return next instanceof Response ? next : Response.json(next);
  });
}

const typeWords = (text: string) => fireEvent.input(promptInput(), { target: { value: text } });
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));
/** Opens the page, types a prompt, and presses Improve. */
async function improveFox() {
  openStudio();
  typeWords("a fox");
  await press("Improve");
}
const undo = () => screen.queryByRole("button", { name: "Undo" });
const escape = () => fireEvent.keyDown(promptInput(), { key: "Escape" });
const until = (text: string) => waitFor(() => expect(promptInput().value).toBe(text));
/** The path and the prompt of each request to /api/words. */
const requests = () =>
  send.mock.calls
    .filter(([path]) => String(path).startsWith("/api/words"))
    .map(([path, init]) => [path, JSON.parse(String(init?.body)).prompt]);

test("the prompt is improved in its field word by word, and Undo brings the old one back", async () => {
  answer([running]);
  await improveFox();
  const source = await openedSource();
  source.send("output", "a fox");
  source.send("output", " in <b>snow</b>");
  expect([promptInput().value, promptInput().readOnly, undo()]).toEqual(["a fox in <b>snow</b>", true, null]);
  source.send("done", "{}");
  await until("a fox in snow, at dusk.");
  expect(promptInput().readOnly).toBe(false);
  await press("Undo");
  expect([promptInput().value, document.activeElement, undo()]).toEqual(["a fox", promptInput(), null]);
  expect(send.mock.calls.find(([path]) => path === "/api/words")?.[1]?.body).toBe(
    '{"task":"improve","prompt":"a fox","model":"stability-ai/sdxl"}',
  );
});

test("until the text is whole, the draft keeps the old prompt", async () => {
  answer([running]);
  await improveFox();
  const source = await openedSource();
  source.send("output", "a wolf");
  const draft = () => JSON.stringify(Object.entries(localStorage));
  fireEvent.input(screen.getByLabelText("Seed"), { target: { value: "7" } });
  expect(draft()).toContain("a fox");
  expect(draft()).not.toContain("a wolf");
  source.send("done", "{}");
  await until("a fox in snow, at dusk.");
  expect(draft()).toContain("at dusk");
  expect(draft()).toContain('seed\\":7');
});

test.each([
  ["Esc", escape],
  ["Stop", () => press("Stop")],
])("%s brings the old prompt back while it is being improved, and later words do not come", async (_, stop) => {
  answer([running]);
  await improveFox();
  const source = await openedSource();
  source.send("output", "a wolf");
  expect(document.activeElement).toBe(await screen.findByRole("button", { name: "Stop" }));
  await stop();
  source.send("output", " in snow");
  expect([promptInput().value, promptInput().readOnly, source.isClosed]).toEqual(["a fox", false, true]);
  expect(await screen.findByRole("button", { name: "Improve" })).toBeTruthy();
  expect([document.activeElement, undo()]).toEqual([promptInput(), null]);
});

test("a second press goes on from the improved prompt, and Undo goes back step by step", async () => {
  answer([written("a fox in snow"), written("a fox in snow at dusk")]);
  await improveFox();
  await until("a fox in snow");
  await press("Improve");
  await until("a fox in snow at dusk");
  expect(requests()).toEqual([
    ["/api/words", "a fox"],
    ["/api/words", "a fox in snow"],
  ]);
  escape();
  expect(promptInput().value).toBe("a fox in snow");
  escape();
  expect(promptInput().value).toBe("a fox");
  escape();
  expect([promptInput().value, undo()]).toEqual(["a fox", null]);
});

test("Esc does not replace what was typed after an improvement, but Undo does", async () => {
  answer([written("a fox in snow")]);
  await improveFox();
  await until("a fox in snow");
  typeWords("a fox in deep snow");
  escape();
  expect(promptInput().value).toBe("a fox in deep snow");
  await press("Undo");
  expect(promptInput().value).toBe("a fox");
});

test("after Undo, the same prompt gets other words", async () => {
  answer([written("a fox in snow"), written("a fox at sea")]);
  await improveFox();
  await until("a fox in snow");
  await press("Undo");
  await press("Improve");
  await until("a fox at sea");
  expect(requests().map(([path]) => path)).toEqual(["/api/words", "/api/words?fresh"]);
});

test("a problem is explained, and the prompt stays as it was", async () => {
  answer([
    Response.json({ detail: "Wait a minute, then try again." }, { status: 429 }),
    { ...running, status: "failed" },
  ]);
  await improveFox();
  expect(await screen.findByText("Limit reached. Wait a minute, then try again.")).toBeTruthy();
  await press("Improve");
  expect(await screen.findByText(/The model stopped before it finished/)).toBeTruthy();
  expect([promptInput().value, promptInput().readOnly, undo()]).toEqual(["a fox", false, null]);
});

test("an empty prompt costs nothing", async () => {
  openStudio();
  await press("Improve");
  expect(await screen.findByText(/Write a few words first/)).toBeTruthy();
  expect(send).not.toHaveBeenCalled();
});

test("if something else changes the prompt, that is the prompt, and Undo still has the old one", async () => {
  answer([running]);
  await improveFox();
  const source = await openedSource();
  source.send("output", "a wolf");
  typeWords("a bear");
  expect([promptInput().value, promptInput().readOnly, source.isClosed]).toEqual(["a bear", false, true]);
  await press("Undo");
  expect(promptInput().value).toBe("a fox");
});

test("half of a prompt is not sent", async () => {
  answer([running]);
  await improveFox();
  const source = await openedSource();
  source.send("output", "a wo");
  fireEvent.click(screen.getByRole("button", { name: /Generate/ }));
  expect(await screen.findByText(/^The prompt is still being improved/)).toBeTruthy();
  expect(send.mock.calls.filter(([path]) => path === "/api/replicate")).toEqual([]);
  source.send("done", "{}");
  await until("a fox in snow, at dusk.");
  expect(screen.queryByText(/^The prompt is still being improved/)).toBeNull();
});

test("without a language model, nothing is offered", async () => {
  openStudio({ canImprove: false });
  expect(await screen.findByRole("button", { name: "Style" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Improve" })).toBeNull();
});
