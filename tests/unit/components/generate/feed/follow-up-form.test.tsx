import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { CardActions } from "@/components/generate/feed/job-card";
import { ResultData } from "@/components/generate/feed/result-data";
import { jobOf, type Values } from "@/components/jobs/job";
import type { Prediction } from "@/lib/predictions/schema";
import { toPrompt } from "@/lib/words/conversation";
import { predictionOf } from "../fixtures";
import { ignoredActions } from "./card-actions";

const onAsk = vi.fn<CardActions["onAsk"]>();
const hello = { role: "user" as const, content: "Hello" };
const hi = { role: "assistant" as const, content: "Hi **you**." };
const next = { role: "user" as const, content: "Who are you?" };

beforeEach(() => void onAsk.mockReset());

function show(input: Values, changes: Partial<Prediction> = {}, messagesModel: string | null = null) {
  const answer = { model: "a/chat", status: "succeeded", output: ["Hi", " **you**."], ...changes } as const;
  const prediction = predictionOf({ input, ...answer });
  const actions = { ...ignoredActions, onAsk, messagesModel };
  render(<ResultData job={jobOf(prediction)} prediction={prediction} isFresh={false} actions={actions} />);
  return userEvent.setup();
}

const button = () => screen.queryByRole("button", { name: "Ask a follow-up question" });
const field = () => screen.findByRole("textbox", { name: "Your next question" });

test("a question about an answer keeps the conversation and the settings, but not the seed", async () => {
  const user = show({ prompt: "Hello", temperature: 0.5, seed: 7 }, { version: "1" });
  await user.click(button()!);
  const box = await field();
  expect(document.activeElement).toBe(box);
  await user.keyboard("  Who are you? {Control>}{Enter}{/Control}");
  const input = { prompt: toPrompt([hello, hi, next]), temperature: 0.5 };
  expect(onAsk).toHaveBeenCalledExactlyOnceWith({ model: "a/chat:1", input });
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(document.activeElement).toBe(button());
});

test.each([
  ["the form says so", { prompt: "Hello" }, "a/chat"],
  ["the request had messages", { messages: [hello] }, "other/model"],
])("a model that takes messages gets them: %s", async (_, input, messagesModel) => {
  const user = show(input, { version: "1" }, messagesModel);
  await user.click(button()!);
  await user.type(await field(), "Who are you?");
  await user.click(screen.getByRole("button", { name: "Ask" }));
  expect(onAsk.mock.lastCall?.[0].input).toEqual({ messages: [hello, hi, next] });
});

test("nothing is sent without a question, and Escape closes the field", async () => {
  const user = show({ prompt: "Hello" });
  await user.click(button()!);
  await user.type(await field(), "   {Control>}{Enter}{/Control}");
  expect(onAsk).not.toHaveBeenCalled();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(document.activeElement).toBe(button());
});

test("a typed question is still there when the field was closed", async () => {
  const user = show({ prompt: "Hello" });
  await user.click(button()!);
  await user.type(await field(), "Who are{Escape}");
  await user.click(button()!);
  await user.type(await field(), " you?{Control>}{Enter}{/Control}");
  expect(onAsk.mock.lastCall?.[0].input).toEqual({ prompt: toPrompt([hello, hi, next]) });
  await user.click(button()!);
  expect((await field()).textContent).toBe("");
});

test("the earlier messages of a conversation can be read", () => {
  show({ prompt: toPrompt([{ role: "system", content: "Be brief." }, hello, hi, next]) });
  const earlier = within(screen.getByRole("group"));
  expect(earlier.getByText("3 earlier messages")).toBeTruthy();
  expect(earlier.getAllByRole("listitem", { hidden: true }).map(({ textContent }) => textContent)).toEqual([
    "InstructionsBe brief.",
    "YouHello",
    "AnswerHi **you**.",
  ]);
});

test.each([
  ["a model that takes no prompt", { audio: "/api/uploads/1" }, {}],
  ["data", { prompt: "Hello" }, { output: { a: 1 } }],
  ["an answer that is being written", { prompt: "Hello" }, { status: "processing" }],
] as const)("%s cannot be asked further", (_, input, changes) => {
  vi.stubGlobal("EventSource", function open() {
    return Object.assign(new EventTarget(), { close: () => {} });
  });
  show(input, changes);
  expect(button()).toBeNull();
  vi.unstubAllGlobals();
});
