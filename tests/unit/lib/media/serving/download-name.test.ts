import { expect, test } from "vitest";
import { toContentDisposition, toFileName } from "@/lib/media/serving/download-name";

const id = "0195f2a8-0000-7000-8000-000000000001";

test("a file name has whole words of the prompt, the seed and the start of the id", () => {
  expect(toFileName({ kind: "image", prompt: "A red fox, 35mm!", seed: 42, id })).toBe("a-red-fox-35mm-42-0195f2a8");
  expect(toFileName({ kind: "image", prompt: "", seed: null, id })).toBe("image-0195f2a8");
  expect(toFileName({ kind: "video", prompt: "", seed: 7, id })).toBe("video-7-0195f2a8");
  expect(toFileName({ kind: "model3d", prompt: "!", seed: null, id })).toBe("model-0195f2a8");
  expect(toFileName({ kind: "image", prompt: "../../etc/passwd\r\nX: y", seed: 0, id })).toBe(
    "etc-passwd-x-y-0-0195f2a8",
  );
  expect(toFileName({ kind: "image", prompt: "L'été 雨の狐", seed: 1, id })).toBe("l-été-雨の狐-1-0195f2a8");
  expect(toFileName({ kind: "image", prompt: "word ".repeat(50), seed: 1, id }).length).toBeLessThan(80);
});

test("a browser gets the whole name, an old browser only its ASCII characters", () => {
  expect(toContentDisposition("l-été-雨-1.png")).toBe(
    "attachment; filename=\"l-ete--1.png\"; filename*=UTF-8''l-%C3%A9t%C3%A9-%E9%9B%A8-1.png",
  );
});
