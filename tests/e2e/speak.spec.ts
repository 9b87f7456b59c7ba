import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { encodeWav } from "../../sandbox/replicate/file-formats/wav.ts";
import { createApi } from "../support/api";
import { expectNoViolations } from "./support/axe";
import { expect, test } from "./support/fixtures";
import { createStudio } from "./support/studio";

// With these options, Chromium uses a melody as the input of its microphone, and allows every page to use the microphone.
test.use({
  launchOptions: [
    async ({ launchOptions }, provide) => {
      const folder = await mkdtemp(join(tmpdir(), "darkroom-voice-"));
      const file = join(folder, "voice.wav");
      await writeFile(file, encodeWav(4, 3));
      const media = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
      const args = [...(launchOptions.args ?? []), ...media, `--use-file-for-fake-audio-capture=${file}`];
      await provide({ ...launchOptions, args });
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
});

/** The local Replicate returns one such sentence for every three seconds of sound. */
const sentences = "( ?An image is kept when it has been developed and fixed\\.)+";

async function openComposer(page: Page) {
  await page.goto("/dashboard/generate");
  const studio = createStudio(page);
  const speak = studio.composer.getByRole("button", { name: "Speak", exact: true });
  const isRecording = async (recording: boolean) => {
    await expect(speak).toHaveAttribute("aria-pressed", String(recording));
    if (recording) await expect(studio.composer.getByRole("timer")).toHaveText("0:01");
  };
  return { ...studio, speak, isRecording };
}

test("what is said is put at the cursor, and its recording is not kept", async ({ page, user, stack }) => {
  const { prompt, speak, isRecording, composer, cards } = await openComposer(page);
  await prompt.fill("A heron, at dusk");
  for (let count = 0; count < ", at dusk".length; count += 1) await prompt.press("ArrowLeft");
  await speak.click();
  await isRecording(true);
  await expectNoViolations(page);
  await speak.click();
  await expect(prompt).toHaveValue(new RegExp(`^A heron ${sentences}, at dusk$`));
  await expect(prompt).toBeFocused();
  await expect(composer.getByRole("button", { name: "Cancel" })).toBeHidden();
  await expect(cards).toHaveCount(0);
  const uploads = await createApi(stack, user).ask("/api/uploads");
  expect(await uploads.json()).toMatchObject({ results: [] });

  await test.step("the browser's undo takes the words out again", async () => {
    await page.keyboard.press("ControlOrMeta+z");
    await expect(prompt).toHaveValue("A heron, at dusk");
  });
});

test(
  "while a key is held, it records, and Esc discards what was said",
  { tag: "@full" },
  async ({ page, user: _user }) => {
    const { prompt, speak, isRecording } = await openComposer(page);
    await speak.focus();
    await page.keyboard.down("Space");
    await isRecording(true);
    await page.keyboard.up("Space");
    await expect(prompt).toHaveValue(new RegExp(`^${sentences}$`));

    await test.step("Esc discards", async () => {
      const before = await prompt.inputValue();
      const sent: string[] = [];
      page.on("request", (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
      await speak.focus();
      await page.keyboard.press("Enter");
      await isRecording(true);
      await page.keyboard.press("Escape");
      await isRecording(false);
      await expect(speak).toBeFocused();
      await expect(prompt).toHaveValue(before);
      expect(sent.filter((request) => /uploads|words/.test(request))).toEqual([]);
    });
  },
);

test("silence is not sent", { tag: "@full" }, async ({ page, user: _user }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => new AudioContext().createMediaStreamDestination().stream;
  });
  const { prompt, speak, isRecording, composer } = await openComposer(page);
  await prompt.fill("A heron");
  await speak.click();
  await isRecording(true);
  await speak.click();
  await expect(composer.getByText(/^No words were heard/)).toBeVisible();
  await expect(prompt).toHaveValue("A heron");
  await expectNoViolations(page);
});

test(
  "without permission, the page says how to allow the microphone",
  { tag: "@full" },
  async ({ page, user: _user }) => {
    await page.addInitScript(() => {
      const refused = new DOMException("Permission denied", "NotAllowedError");
      navigator.mediaDevices.getUserMedia = () => Promise.reject(refused);
    });
    const { prompt, speak, isRecording, composer } = await openComposer(page);
    await prompt.fill("A heron");
    await speak.click();
    await expect(composer.getByText(/^The microphone is blocked\. To allow it, press the icon/)).toBeVisible();
    await isRecording(false);
    await expect(prompt).toHaveValue("A heron");
    await expectNoViolations(page);
  },
);
