import type { Page } from "@playwright/test";
import { readLedger } from "../support/api";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { createStudio } from "./support/studio";

async function openChat(page: Page, model: string) {
  await page.goto(`/dashboard/generate?model=${model}`);
  const studio = createStudio(page);
  const button = (question: string, name: string) => studio.card(question).getByRole("button", { name, exact: true });
  return { ...studio, button };
}

test("an answer streams, is there after a reload, and is asked further", async ({ page, user, stack }) => {
  const { ask, card, button } = await openChat(page, "openai/gpt-4o-mini");
  const id = user.id.slice(0, 8);
  const question = `A **grey heron** ${id}${", word".repeat(40)}`;
  await ask(question);
  await expect(card(question).locator("strong", { hasText: "grey heron" })).toBeVisible();
  await expect(button(question, "Ask a follow-up question")).toBeVisible({ timeout: 20_000 });
  const answer = new RegExp(`A grey heron ${id}(, word){40}, .{20,}\\.`);
  await expect(card(question)).toContainText(answer);
  await expectNoViolations(page);

  await page.reload();
  await expect(card(question)).toContainText(answer);
  await button(question, "Ask a follow-up question").click();
  const field = card(question).getByRole("textbox", { name: "Your next question" });
  await expect(field).toBeFocused();
  await expectNoViolations(page);
  const next = `And a bittern ${id}?`;
  await field.fill(next);
  await page.keyboard.press("Control+Enter");
  await expect(field).toBeHidden();
  await expect(button(question, "Ask a follow-up question")).toBeFocused();
  await expect(button(next, "Ask a follow-up question")).toBeVisible({ timeout: 20_000 });
  await expect(card(next)).toContainText(new RegExp(`And a bittern ${id}\\?, .{20,}\\.`));

  await test.step("the model got the whole conversation", async () => {
    const { predictions } = await readLedger(stack);
    const conversations = predictions.map(({ input }) => input["messages"]);
    expect(conversations).toContainEqual([
      { role: "user", content: question },
      { role: "assistant", content: expect.stringMatching(/^A \*\*grey heron\*\*/) },
      { role: "user", content: next },
    ]);
  });

  await page.reload();
  await card(next).getByText("2 earlier messages").click();
  await expect(card(next).getByRole("listitem")).toHaveCount(2);
  await expectNoViolations(page);
  await page.goto("/dashboard/history");
  await expect(page.getByText(next, { exact: true })).toBeVisible();
});

test("a model that takes only a prompt gets the conversation in it", { tag: "@full" }, async ({ page, user }) => {
  const { ask, card, button, prompt } = await openChat(page, "meta/meta-llama-3-8b-instruct");
  const question = `A kestrel ${user.id.slice(0, 8)}`;
  await ask(question);
  await button(question, "Ask a follow-up question").click();
  await card(question).getByRole("textbox", { name: "Your next question" }).fill("And a merlin?");
  await button(question, "Ask").click();
  await expect(card("And a merlin?")).toContainText(/And a merlin\?, .{20,}\./, { timeout: 20_000 });
  await button("And a merlin?", "Use these settings").click();
  await expect(prompt).toHaveValue(/^The conversation so far:\n<message role="user">\nA kestrel/);
});

test("a stopped answer keeps its words", { tag: "@full" }, async ({ page, user: _user }) => {
  const { ask, card, button } = await openChat(page, "meta/meta-llama-3-8b-instruct");
  const question = "A long winter [slow], with snow and ice and wind and fog and frost and dark";
  await ask(question);
  await button(question, "Stop").click();
  await expect(card(question)).toContainText("Canceled before it finished");
  await expect(
    card(question)
      .getByText(/^A( long)?/)
      .last(),
  ).toBeVisible();
  await page.reload();
  await expect(card(question)).toContainText("Canceled before it finished");
  await expect(button(question, "Copy text")).toBeVisible();
  await expect(button(question, "Ask a follow-up question")).toBeVisible();
});

test(
  "markup in an answer is text, loads nothing, and links say where they lead",
  { tag: "@full" },
  async ({ page, user: _user, stack }) => {
    const { ask, card, button } = await openChat(page, "meta/meta-llama-3-8b-instruct");
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(stack.appUrl)) elsewhere.push(request.url());
    });
    const markup = '<img src="https://evil.example/x" onerror="document.title=1"><script>document.title=2</script>';
    const question = `${markup} ![pixel](https://evil.example/y) [your bank](https://evil.example/z) [run](javascript:alert(1))`;
    await ask(question);
    await expect(button(question, "Ask a follow-up question")).toBeVisible({ timeout: 20_000 });
    const link = card(question).getByRole("link", { name: "your bank (evil.example)" });
    await expect(link).toHaveAttribute("rel", "nofollow noopener noreferrer");
    await expect(card(question).getByRole("link", { name: "pixel (evil.example)" })).toBeVisible();
    await expect(card(question).getByRole("link")).toHaveCount(2);
    // The markup is shown in the question and in the answer, which repeats the question.
    await expect(card(question).getByText(markup)).toHaveCount(2);
    await expect(card(question).locator("img, script, iframe")).toHaveCount(0);
    await expect(page).toHaveTitle(/Darkroom/);
    expect(elsewhere).toEqual([]);
    await expectNoViolations(page);
  },
);
