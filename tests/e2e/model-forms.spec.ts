import { createApi } from "../support/api";
import { expect, test } from "./support/fixtures";
import { fillGallery } from "../support/seed";
import { createStudio } from "./support/studio";

const SECRET = "sk-planted-in-a-browser";

test("a secret is masked, is sent, and is gone after a reload", { tag: "@full" }, async ({ page, user, stack }) => {
  const studio = createStudio(page);
  const seen: string[] = [];
  page.on("response", async (response) => {
    if (response.url().startsWith(stack.appUrl)) seen.push(await response.text().catch(() => ""));
  });
  await page.goto("/dashboard/generate?model=openai/gpt-image-1.5");
  await studio.composer.getByText("More settings").click();
  const key = studio.composer.getByLabel("OpenAI API key");
  await expect(key).toHaveAttribute("type", "password");
  await key.fill(SECRET);
  await studio.ask("A key on a table");
  await studio.saved("A key on a table");
  await expect(key).toHaveValue(SECRET);

  const stored = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  );
  expect(stored).toContain("A key on a table");
  expect(stored).not.toContain(SECRET);
  await page.reload();
  await expect(studio.prompt).toHaveValue("A key on a table");
  await expect(key).toHaveValue("");
  await page.goto("/dashboard/history");
  await expect(page.getByRole("main")).toContainText("A key on a table");
  expect(seen.filter((text) => text.includes(SECRET))).toEqual([]);
  const { results } = (await (await createApi(stack, user).ask("/api/replicate")).json()) as {
    results: { input: object }[];
  };
  expect(results[0]?.input).toMatchObject({ openai_api_key: "[REDACTED]" });
});

test("a model with one file shows it on top, and is not run without it", async ({ page, user: _user }) => {
  const studio = createStudio(page);
  await page.goto("/dashboard/generate?model=cjwbw/rembg");
  const image = studio.composer.getByRole("group", { name: /^Image/ });
  await expect(image).toBeVisible();
  const mark = await image.locator("legend").evaluate((legend) => getComputedStyle(legend, "::after").content);
  expect(mark).toContain("required");
  await studio.generate.click();
  await expect(studio.composer.getByText("Add an image first.")).toBeVisible();
  await expect(studio.cards).toHaveCount(0);
});

test("a list is filled in with the keyboard alone", { tag: "@full" }, async ({ page, user, stack }) => {
  const studio = createStudio(page);
  await page.goto("/dashboard/generate?model=luma/ray-flash-2-720p");
  await studio.composer.getByText("More settings").click();
  const concepts = studio.composer.getByRole("textbox", { name: "Concepts" });
  await expect(concepts).toHaveAttribute("placeholder", "Type, then press Enter");
  await concepts.focus();
  await page.keyboard.type("pan_left,zoom_in");
  await page.keyboard.press("Enter");
  const entries = studio.composer.getByRole("list", { name: "Concepts: entries" }).getByRole("listitem");
  await expect(entries).toHaveText(["pan_left", "zoom_in"]);
  await page.keyboard.press("Backspace");
  await expect(entries).toHaveText(["pan_left"]);
  await expect(page.getByRole("status").filter({ hasText: "zoom_in removed" })).toBeAttached();
  await concepts.press("Shift+Tab");
  await expect(studio.composer.getByRole("button", { name: "Remove pan_left" })).toBeFocused();
  await studio.prompt.fill("A train in the rain");
  await studio.prompt.press("Control+Enter");
  await expect(studio.card("A train in the rain")).toBeVisible();
  const readInput = async () => {
    const response = await createApi(stack, user).ask("/api/replicate");
    return ((await response.json()) as { results: { input: object }[] }).results[0]?.input;
  };
  await expect.poll(readInput).toMatchObject({ concepts: ["pan_left"] });
});

test("a setting that depends on another appears with it", { tag: "@full" }, async ({ page, user: _user }) => {
  const studio = createStudio(page);
  await page.goto("/dashboard/generate?model=black-forest-labs/flux-1.1-pro");
  await studio.composer.getByText("More settings").click();
  await expect(studio.setting("Width")).toBeHidden();
  await studio.composer.getByRole("radio", { name: "custom" }).check({ force: true });
  await expect(studio.setting("Width")).toBeVisible();
  await studio.setting("Width").fill("512");
  await studio.composer.getByRole("radio", { name: "1:1", exact: true }).check({ force: true });
  await expect(studio.setting("Width")).toBeHidden();
  await studio.ask("A square again");
  await expect(studio.card("A square again")).toBeVisible();
});

test("what is wrong with JSON is said while it is typed", { tag: "@full" }, async ({ page, user: _user }) => {
  const studio = createStudio(page);
  await page.goto("/dashboard/generate?model=openai/gpt-5-mini");
  await studio.composer.getByText("More settings").click();
  const messages = studio.composer.getByRole("textbox", { name: "Messages" });
  await messages.fill('{"role": "user"');
  await expect(studio.composer.getByText(/This is not valid JSON yet/)).toBeVisible();
  await messages.fill('{"role": "user"}');
  await expect(studio.composer.getByText("This must be a list in brackets")).toBeVisible();
  await messages.fill('[{"role": "user", "content": "Say hello"}]');
  await expect(studio.composer.getByText("This must be a list in brackets")).toBeHidden();
});

test("with forced colors, what is chosen and current has an outline", async ({ page, user, stack }) => {
  await fillGallery(stack, user, 1);
  await page.emulateMedia({ forcedColors: "active" });
  const studio = createStudio(page);
  await page.goto("/dashboard/generate");
  const outline = (of: ReturnType<typeof page.locator>) =>
    of.evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return `${outlineStyle} ${outlineWidth}`;
    });
  const labelOf = (name: string) =>
    studio.composer.locator("label").filter({ has: page.getByRole("radio", { name, exact: true }) });
  await expect.poll(() => outline(labelOf("1:1"))).toBe("solid 2px");
  expect(await outline(labelOf("16:9"))).not.toBe("solid 2px");
  await labelOf("2").click();
  await expect.poll(() => outline(labelOf("2"))).toMatch(/^(solid 2px|double 4px)$/);
  expect(await outline(labelOf("1"))).not.toBe("solid 2px");
  const nav = page.getByRole("navigation", { name: "Studio" });
  expect(await outline(nav.getByRole("link", { name: "Generate" }))).toBe("solid 2px");
  expect(await outline(nav.getByRole("link", { name: "History" }))).not.toBe("solid 2px");
  await page.getByRole("button", { name: "Account" }).click();
  await expect.poll(() => outline(page.getByRole("button", { name: "Dark" }))).toBe("solid 2px");
  expect(await outline(page.getByRole("button", { name: "System" }))).not.toBe("solid 2px");
  await page.goto("/dashboard/generate?model=google/nano-banana");
  const images = studio.composer.getByRole("group", { name: "Image Input" });
  await images.getByRole("checkbox").first().check();
  const highlight = await nav
    .getByRole("link", { name: "Generate" })
    .evaluate((element) => getComputedStyle(element).outlineColor);
  // The badge shows the position of the chosen image in the list.
  const badge = images.getByText("1", { exact: true });
  expect(await badge.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(highlight);
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("a list has a line for each entry, and nothing is hidden", async ({ page, user, stack }) => {
    const studio = createStudio(page);
    await page.goto("/dashboard/generate?model=luma/ray-flash-2-720p");
    await studio.composer.getByText("More settings").click();
    await studio.composer.getByRole("textbox", { name: "Concepts" }).fill("pan_left\nzoom_in");
    await studio.ask("A train without script");
    await expect(studio.card("A train without script")).toBeVisible();
    const { results } = (await (await createApi(stack, user).ask("/api/replicate")).json()) as {
      results: { input: object }[];
    };
    expect(results[0]?.input).toMatchObject({ concepts: ["pan_left", "zoom_in"] });
    await page.goto("/dashboard/generate?model=black-forest-labs/flux-1.1-pro");
    await studio.composer.getByText("More settings").click();
    await expect(studio.setting("Width")).toBeVisible();
  });

  test("a rejected form does not give a secret back", async ({ page, user: _user }) => {
    const studio = createStudio(page);
    await page.goto("/dashboard/generate?model=openai/gpt-image-1.5");
    await studio.composer.getByText("More settings").click();
    await studio.composer.getByLabel("OpenAI API key").fill(SECRET);
    await studio.composer.getByLabel("User ID").fill("x".repeat(10_001));
    await studio.ask("A rejected key");
    await expect(studio.composer.getByRole("alert")).toBeVisible();
    await expect(studio.prompt).toHaveValue("A rejected key");
    expect(await page.content()).not.toContain(SECRET);
  });
});
