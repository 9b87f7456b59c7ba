import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { OutputCard } from "@/components/media/output-card";
import { readOutputData } from "@/components/media/output-data";

const url = "https://replicate.delivery/a.png";

test.each([
  ["A fox.", "A fox.", false],
  [["A ", "fox", "."], "A fox.", false],
  [4, "4", false],
  [true, "true", false],
  [{ b: 1, a: ["x"] }, '{\n  "b": 1,\n  "a": [\n    "x"\n  ]\n}', true],
  [["a", 1], '[\n  "a",\n  1\n]', true],
  // Files are shown in another place, so the text does not contain them.
  [
    { image: url, seed: 4, all: [url], parts: [{ file: url, name: "eye" }] },
    '{\n  "seed": 4,\n  "parts": [\n    {\n      "name": "eye"\n    }\n  ]\n}',
    true,
  ],
  [[url, "done"], "done", false],
])("%j is shown as %s", (output, text, isCode) => {
  expect(readOutputData(output)).toEqual({ text, isCode });
});

test.each([
  ["https://example.com", "https://example.com"],
  [["The link: ", "https://example.com"], "The link: https://example.com"],
  [[url, "https://example.com"], "https://example.com"],
])("a URL that is text is shown: %j", (output, text) => {
  expect(readOutputData(output, ["https://example.com"]).text).toBe(text);
});

test("markup is shown as text", () => {
  render(<OutputCard output={"<img src=x onerror=alert(1)> **bold**"} />);
  expect(screen.getByText("<img src=x onerror=alert(1)> **bold**")).toBeTruthy();
  expect(screen.queryByRole("img")).toBeNull();
});

test("a short text is shown whole, a long one is folded until the user opens it", async () => {
  const { rerender } = render(<OutputCard output="short" />);
  expect(screen.queryByRole("button", { name: "Show all" })).toBeNull();
  rerender(<OutputCard output={"word ".repeat(300)} />);
  const text = screen.getByText(/^(word ?)+$/).parentElement;
  expect(text?.className).toContain("line-clamp");
  await userEvent.click(screen.getByRole("button", { name: "Show all", expanded: false }));
  expect(text?.className).not.toContain("line-clamp");
  await userEvent.click(screen.getByRole("button", { name: "Show less", expanded: true }));
  expect(text?.className).toContain("line-clamp");
});

test("the whole text is copied", async () => {
  const user = userEvent.setup();
  render(<OutputCard output={["long\n".repeat(20), "end"]} />);
  await user.click(screen.getByRole("button", { name: "Copy text" }));
  expect(await navigator.clipboard.readText()).toBe(`${"long\n".repeat(20)}end`);
});

test("an answer is shown as Markdown, with its markup as text, and copied as it was written", async () => {
  const user = userEvent.setup();
  render(<OutputCard output="<img src=x onerror=alert(1)> **bold**" isAnswer />);
  expect((await screen.findByText("bold")).localName).toBe("strong");
  expect(screen.getByText(/<img src=x onerror=alert\(1\)>/)).toBeTruthy();
  expect(screen.queryByRole("img")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Copy text" }));
  expect(await navigator.clipboard.readText()).toBe("<img src=x onerror=alert(1)> **bold**");
});

test("a long answer is folded too", async () => {
  render(<OutputCard output={"word ".repeat(300)} isAnswer />);
  const folded = (await screen.findByText(/^(word ?)+$/)).closest(".overflow-hidden");
  expect(folded).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Show all", expanded: false }));
  expect(folded?.className).not.toContain("overflow-hidden");
});
