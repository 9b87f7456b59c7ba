import { expect, test } from "vitest";
import { ownMediaIn } from "@/components/media/media-in-input";
import { settingsBesideSize, settingsInWords, sizeInWords } from "@/components/media/settings-in-words";

test("settings are shown in words, except those with a line of their own", () => {
  expect(settingsInWords({ prompt: "a fox", seed: 7, num_inference_steps: 30, refine: "", go_fast: true })).toEqual([
    { name: "Steps", value: "30" },
    { name: "Go fast", value: "Yes" },
  ]);
});

test("a size has pixels and bytes, as far as they are known", () => {
  expect(sizeInWords({ width: 1024, height: 768, bytes: 1_440_000 })).toBe("1024 × 768 · 1.4 MB");
  expect(sizeInWords({ width: 64, height: 64, bytes: 900 })).toBe("64 × 64 · 1 KB");
  expect(sizeInWords({ width: null, height: null, bytes: 900 })).toBe("1 KB");
  expect(sizeInWords({ width: null, height: null, bytes: null })).toBe("Shown after saving");
});

test("a requested size that the image has is shown once", () => {
  const input = { width: 1024, height: 768 };
  expect(settingsBesideSize({ input, width: 1024, height: 768 })).toEqual([]);
  expect(settingsBesideSize({ input, width: 2048, height: 1536 })).toHaveLength(2);
});

test("input images are not settings, and are found alone and in lists", () => {
  const [saved, uploaded] = [
    "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02",
    "/api/uploads/0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a01",
  ];
  const input = { image: saved, references: [uploaded], scale: 2, note: `like ${saved}` };
  expect(settingsInWords(input).map(({ name }) => name)).toEqual(["Scale", "Note"]);
  expect(ownMediaIn(input)).toEqual([saved, uploaded]);
});
