import type { Browser } from "@playwright/test";
import sharp from "sharp";
import { productName } from "../../lib/config.ts";

const card = `
  <div style="display: grid; grid-template-columns: 430px 1fr; gap: 50px; align-items: center; height: 630px; padding: 0 60px">
    <div>
      <div style="display: flex; gap: 16px; align-items: center; font-size: 32px; font-weight: 500; letter-spacing: -0.02em">
        <svg viewBox="0 0 24 24" width="44">
          <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2" />
          <path d="M12 3a9 9 0 0 1 0 18z" fill="var(--color-accent)" />
        </svg>
        ${productName}
      </div>
      <p style="margin-top: 40px; font-size: 64px; font-weight: 500; line-height: 1.05; letter-spacing: -0.035em">
        Images<br />from prompts,<br />saved for good
      </p>
      <p style="margin-top: 32px; font-size: 24px; color: var(--color-muted)">An open-source image studio<br />on Replicate and Supabase</p>
    </div>
    <img src="/landing.svg" alt="" style="width: 100%" />
  </div>`;

/** Writes the image that other sites show with a link. It uses the fonts and colors of the landing page. */
export async function writeLinkPreview(browser: Browser, url: string, path: string) {
  // JavaScript is off, because React would undo the changes that this code makes to the page.
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 }, javaScriptEnabled: false });
  await page.goto(url);
  await page.evaluate(async (html) => {
    document.body.innerHTML = html;
    await Promise.all([...document.images].map((image) => image.decode()));
    await document.fonts.ready;
  }, card);
  const { size } = await sharp(await page.screenshot())
    .png({ palette: true, effort: 10 })
    .toFile(path);
  console.log(`${path}  ${Math.round(size / 1000)} KB`);
  await page.close();
}
