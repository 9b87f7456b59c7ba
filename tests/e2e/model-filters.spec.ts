import { expect, test } from "./support/fixtures";

test.use({ viewport: { width: 390, height: 844 } });

test("on a phone, each row of filters is one line that scrolls sideways, and shows the current one", async ({
  page,
  user: _user,
}) => {
  await page.goto("/dashboard/models?makes=3d");
  // Positions are rounded, so the outermost pixel of a link may be cut off.
  await expect(page.getByRole("link", { name: "3D", exact: true })).toBeInViewport({ ratio: 0.9 });
  for (const name of ["Makes", "Takes", "Collections"]) {
    const row = page.getByRole("navigation", { name });
    expect((await row.boundingBox())?.height).toBeLessThan(56);
    const last = row.getByRole("link").last();
    await last.focus();
    await expect(last).toBeInViewport({ ratio: 0.9 });
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
