import { expect, test } from "vitest";
import { MAX_WORDS_TOKENS } from "@/lib/limits/default-limits";
import { toInput, toRecordingInput } from "@/lib/words/to-input";
import { field, tokens } from "./fields";

const prompt = field("prompt");

test("instructions are kept apart from the text, if the model allows it", () => {
  const request = { instructions: "Improve it.", text: "a fox" };
  expect(toInput([prompt, field("system_prompt")], request)).toEqual({ prompt: "a fox", system_prompt: "Improve it." });
  expect(toInput([prompt], request)).toEqual({ prompt: "Improve it.\n\n<prompt>\na fox\n</prompt>" });
});

test.each([
  [tokens("max_tokens"), MAX_WORDS_TOKENS],
  [tokens("max_completion_tokens", { max: 4096 }), MAX_WORDS_TOKENS],
  [tokens("max_output_tokens", { max: 100 }), 100],
  [tokens("max_tokens", { min: 1024, max: 64_000 }), 1024],
])("the answer has a limit that the model accepts: %j", (limit, most) => {
  expect(toInput([prompt, limit], { instructions: "", text: "" })).toMatchObject({ [limit.name]: most });
});

test("an image is given as the model takes it, alone or in a list", () => {
  const request = { instructions: "Describe it.", text: "Describe this image.", image: "/api/media/1" };
  const one = field("image", { kind: "file", takes: "image" });
  expect(toInput([one, prompt], request)).toEqual({ prompt: "Describe it.", image: "/api/media/1" });
  const many = field("image_input", { kind: "files", takes: "image" });
  expect(toInput([prompt, field("system_prompt"), many], request)).toEqual({
    prompt: "Describe this image.",
    system_prompt: "Describe it.",
    image_input: ["/api/media/1"],
  });
});

test("a recording is given to the input that takes sound", () => {
  const sound = field("speech_file", { kind: "file", takes: "audio" });
  const text = field("srt_file", { kind: "file", takes: "document" });
  expect(toRecordingInput([prompt, text, sound], "1")).toEqual({ speech_file: "/api/uploads/1" });
  expect(toRecordingInput([], "1")).toEqual({ audio: "/api/uploads/1" });
});
