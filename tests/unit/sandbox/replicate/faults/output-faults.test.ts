import { expect, test } from "vitest";
import { serve, small } from "../serve.ts";

const outputs: [string, unknown, unknown][] = [
  ["a string", "file:0", expect.stringMatching("/delivery/.*/out-0.png$")],
  ["a nested object", { images: [{ at: "file:1" }] }, { images: [{ at: expect.stringMatching("out-1.png$") }] }],
  ["null", null, null],
  ["an empty list", [], []],
  ["text", "a fox", "a fox"],
  ["a data URI", "data:0", expect.stringMatching("^data:image/png;base64,")],
  [
    "five files",
    [0, 1, 2, 3, 4].map((n) => `file:${n}`),
    Array.from({ length: 5 }, () => expect.stringMatching("/delivery/")),
  ],
];

test.each(outputs)("an output can be %s", async (_, output, shown) => {
  const { finish, faults } = await serve();
  await faults({ output });
  expect(await finish(small)).toMatchObject({ status: "succeeded", output: shown });
});

test("an output can name the same file twice", async () => {
  const { finish, faults } = await serve();
  await faults({ output: ["file:0", "file:0"] });
  const { output } = await finish(small);
  expect(output[0]).toBe(output[1]);
});
