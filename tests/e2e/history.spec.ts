import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { connectAsService, type User } from "../support/users";
import { createStudio } from "./support/studio";

type StackEnv = Parameters<typeof connectAsService>[0];

const rowsOf = (page: Page) => page.getByRole("list", { name: "Runs" }).getByRole("listitem");
const rowOf = (page: Page, words: string) => rowsOf(page).filter({ hasText: words }).first();

/** Inserts failed predictions. "Try 1" is the newest, and each further one is a minute older. */
async function fillHistory(stack: StackEnv, { id: user_id }: User, count: number) {
  const rows = Array.from({ length: count }, (_, index) => ({
    user_id,
    model: "stability-ai/sdxl",
    idempotency_key: `try ${index}`,
    request_hash: "h",
    next_at: null,
    status: "failed",
    error_code: "timed_out",
    input: {
      prompt: `Try ${index + 1}`,
      num_inference_steps: 12,
    },
    created_at: new Date(Date.UTC(2026, 0, 1) - index * 6e4).toISOString(),
  }));
  await connectAsService(stack).from("predictions").insert(rows).throwOnError();
}

test("in the history a failed prediction can be run again and a running one canceled", async ({
  page,
  user: _user,
}) => {
  const studio = createStudio(page);
  await studio.open();
  await studio.ask("A kite in a storm [nsfw]");
  await expect(studio.card("A kite in a storm [nsfw]").getByRole("button", { name: "Run again" })).toBeVisible();
  await studio.ask("A slow snail [slow]");
  await expect(studio.card("A slow snail [slow]").getByText(/^Generating/)).toBeVisible();

  await page.getByRole("link", { name: "History" }).click();
  await expect(rowOf(page, "A kite")).toContainText(
    "The model's safety check stopped this result. Try again, or change the prompt.",
  );
  await expect(rowOf(page, "A slow snail")).toContainText("Generating");
  await rowOf(page, "A kite").getByRole("button", { name: "Run again" }).click();
  await expect(rowsOf(page).first()).toContainText("A kite");
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(rowsOf(page).first()).toContainText("Failed", { timeout: 20_000 });
  await rowOf(page, "A slow snail").getByRole("button", { name: "Cancel" }).click();
  await expect(rowOf(page, "A slow snail")).toContainText("Canceled");
  await page.getByRole("link", { name: "Failed", exact: true }).click();
  await expect(page).toHaveURL("/dashboard/history?status=failed");
  await expect(rowsOf(page)).toHaveCount(2);
});

test(
  "a finished row opens its image, shows its details and offers its settings",
  { tag: "@full" },
  async ({ page, user: _user }) => {
    const studio = createStudio(page);
    await studio.open();
    await studio.setting("Seed").fill("7");
    await studio.ask("A heron in the reeds");
    await studio.saved("A heron in the reeds");
    await studio.prompt.fill("Something else");

    await page.goto("/dashboard/history");
    await expect(page.getByRole("region", { name: "Last 30 days" })).toContainText("1 file");
    await rowOf(page, "A heron").getByText("Details").click();
    await expect(rowOf(page, "A heron")).toContainText(/Ran\d+\.\d s/);
    await page.getByRole("link", { name: "A heron in the reeds" }).click();
    await expect(page.getByRole("dialog", { name: "Image" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: "Image" })).toBeHidden();
    await rowOf(page, "A heron").getByRole("link", { name: "Use these settings" }).click();
    await expect(studio.prompt).toHaveValue("A heron in the reeds");
    await expect(studio.setting("Steps")).toHaveValue("5");
    await expect(studio.setting("Seed")).toHaveValue("7");
  },
);

test(
  "older rows load automatically, and the filters are in the URL",
  { tag: "@full" },
  async ({ page, user, stack }) => {
    await fillHistory(stack, user, 33);
    await page.goto("/dashboard/history");
    await rowOf(page, "Try 30").scrollIntoViewIfNeeded();
    await expect(rowsOf(page)).toHaveCount(33);
    await expect(page.getByRole("link", { name: "Show older" })).toBeHidden();

    await page.getByText("Filter", { exact: true }).click();
    await page.getByRole("combobox", { name: "Model" }).selectOption("stability-ai/sdxl");
    await page.getByLabel("From").fill("2026-01-01");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL("/dashboard/history?model=stability-ai%2Fsdxl&from=2026-01-01&to=");
    await expect(rowsOf(page)).toHaveCount(1);
    await page.getByLabel("From").fill("2026-01-02");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByRole("heading", { name: "No runs match" })).toBeVisible();
    await page.getByRole("link", { name: "Show all runs" }).click();
    await expect(rowsOf(page)).toHaveCount(30);
  },
);

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("the history has pages, filters and details", { tag: "@full" }, async ({ page, user, stack }) => {
    await fillHistory(stack, user, 31);
    await page.goto("/dashboard/history");
    await page.getByRole("link", { name: "Failed", exact: true }).click();
    await expect(rowsOf(page)).toHaveCount(30);
    await page.getByRole("link", { name: "Show older" }).click();
    await expect(rowsOf(page)).toHaveCount(1);
    await rowOf(page, "Try 31").getByText("Details").click();
    await expect(rowOf(page, "Try 31")).toContainText("Steps12");
  });
});
