import { createApi } from "../support/api";
import { expect, test } from "./support/fixtures";
import { passRefreshInterval, createStudio } from "./support/studio";

const quick = { width: 256, height: 256, num_inference_steps: 5 };
const looked = { timeout: 1000 };

test.beforeEach(({ page }) => page.clock.install());

test("a prediction started by a script appears in the feed and is saved", async ({ page, user, stack }) => {
  const studio = createStudio(page);
  await page.goto("/dashboard/generate");
  await createApi(stack, user).create({ prompt: "A heron from a script", ...quick });
  await passRefreshInterval(page, () => expect(studio.card("A heron from a script")).toBeVisible(looked));
  await studio.saved("A heron from a script");
});

test(
  "predictions started elsewhere appear in the history and respect its filter",
  { tag: "@full" },
  async ({ page, user, stack }) => {
    const api = createApi(stack, user);
    await page.goto("/dashboard/history");
    await expect(page.getByText("No runs yet")).toBeVisible();
    const rows = page.getByRole("list", { name: "Runs" }).getByRole("listitem");
    await api.create({ prompt: "A heron from elsewhere", ...quick });
    const row = rows.filter({ hasText: "A heron from elsewhere" });
    await passRefreshInterval(page, () => expect(row).toBeVisible(looked));
    await expect(row.getByText("Saved", { exact: true })).toBeVisible();

    await page.goto("/dashboard/history?status=failed");
    await expect(page.getByText("No runs match")).toBeVisible();
    await api.create({ prompt: "A second heron", ...quick });
    await api.create({ prompt: "A heron that flies off [fail]", ...quick });
    const failed = rows.filter({ hasText: "A heron that flies off" }).getByText("Failed", { exact: true });
    await passRefreshInterval(page, () => expect(failed).toBeVisible(looked));
    await expect(rows).toHaveCount(1);
  },
);
