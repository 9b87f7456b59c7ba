import { expect, test, vi } from "vitest";
import { loadRecentPrompts } from "@/app/dashboard/generate/load-recent-prompts";
import { toPrompt } from "@/lib/words/conversation";

const step = vi.hoisted(() => ({
  user: vi.fn<() => Promise<object | null>>(),
  list: vi.fn<() => Promise<string[]>>(),
}));
vi.mock("@/lib/auth", () => ({ getUser: step.user }));
vi.mock("@/lib/predictions/queries", () => ({ listRecentPrompts: step.list }));

test("of a conversation, only the last message is a recent prompt", async () => {
  step.user.mockResolvedValue({});
  const conversation = [
    { role: "user" as const, content: "Hello" },
    { role: "assistant" as const, content: "Hi." },
    { role: "user" as const, content: "Who are you?" },
  ];
  step.list.mockResolvedValue([toPrompt(conversation), "a fox", "Who are you?"]);
  expect(await loadRecentPrompts()).toEqual(["Who are you?", "a fox"]);
});

test("a user who is signed out has none", async () => {
  step.user.mockResolvedValue(null);
  expect(await loadRecentPrompts()).toBeNull();
});
