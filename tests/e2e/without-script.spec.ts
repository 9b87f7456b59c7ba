import { fillGallery, useUpQuota } from "../support/seed";
import { expect, test } from "./support/fixtures";
import { createUser } from "../support/users";
import { expectImagesLoaded, createStudio } from "./support/studio";

test.use({ javaScriptEnabled: false });

test("signing in, making an image and signing out work without script", async ({ page, stack }) => {
  const { email, password } = await createUser(stack);
  const studio = createStudio(page);
  await page.goto("/dashboard/generate");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("E-mail or password is wrong")).toBeVisible();
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/dashboard/generate");

  await studio.open();
  await studio.ask("A candle in a window");
  await expect(studio.card("A candle in a window")).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(studio.card("A candle in a window").getByText("Saved", { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expectImagesLoaded(studio.card("A candle in a window"), "A candle in a window", 1);

  await page.getByRole("link", { name: "Gallery" }).click();
  await expectImagesLoaded(page, "A candle in a window", 1);
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  await page.goto("/dashboard/gallery");
  await expect(page).toHaveURL("/login?next=%2Fdashboard%2Fgallery");
});

test("a refused submit shows a message, and the form stays filled in", async ({ page, user, stack }) => {
  const studio = createStudio(page);
  await useUpQuota(stack, user);
  await studio.open();
  await studio.ask("A candle in the wind");
  await expect(studio.composer.getByRole("alert")).toContainText("Today's images are used up.");
  await expect(studio.prompt).toHaveValue("A candle in the wind");
  await expect(studio.setting("Steps")).toHaveValue("5");
});

test("the gallery has pages without script", { tag: "@full" }, async ({ page, user, stack }) => {
  await fillGallery(stack, user, 41);
  await page.goto("/dashboard/gallery");
  await expect(page.getByRole("img", { name: /^Print/ })).toHaveCount(40);
  await page.getByRole("link", { name: "Show older" }).click();
  await expectImagesLoaded(page, "Print 41", 1);
  await expect(page.getByRole("img", { name: /^Print/ })).toHaveCount(1);
  const original = await page.request.get(
    (await page.getByRole("link", { name: "Print 41" }).getAttribute("href")) ?? "",
  );
  expect(original.headers()["content-type"]).toBe("image/png");
});

test("models are filtered, and an example fills the form, without script", async ({ page, user: _user }) => {
  const title = (name: string) => page.getByRole("link", { name, exact: true });
  await page.goto("/dashboard/models");
  await expect(title("Remove BG")).toBeVisible();
  await page.getByRole("navigation", { name: "Makes" }).getByRole("link", { name: "Text", exact: true }).click();
  await expect(page).toHaveURL("/dashboard/models?makes=text");
  await expect(title("Remove BG")).toBeHidden();
  await title("Llama 3 8B").click();
  await page.getByRole("link", { name: "Try this" }).click();
  const studio = createStudio(page);
  await expect(studio.prompt).toHaveValue("A lighthouse on a cliff");
  const model = studio.composer.getByRole("combobox", { name: "Model", exact: true });
  await expect(model).toHaveValue("meta/meta-llama-3-8b-instruct");
  await model.selectOption({ label: "Z-Image Turbo" });
  await page.getByRole("button", { name: "Use this model" }).click();
  await expect(model).toHaveValue("prunaai/z-image-turbo");
});
