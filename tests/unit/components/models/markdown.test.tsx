import { render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { Markdown } from "@/components/models/markdown";

/** The elements that may appear. None of them runs anything or loads a file. */
const ALLOWED = /^(div|h[3-6]|p|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|strong|em|s|code|pre|hr|br|a)$/;

function show(text: string) {
  const { container } = render(<Markdown text={text} />);
  for (const element of container.querySelectorAll("*")) {
    expect(element.localName).toMatch(ALLOWED);
    const allowed = element.localName === "a" ? ["href", "target", "rel", "class"] : ["class", "dir", "start"];
    expect(element.getAttributeNames().filter((name) => !allowed.includes(name))).toEqual([]);
  }
  return container;
}

test("headings, lists, tables and code become elements", () => {
  const text =
    "# Fox\n\nA **red** *fox* in `snow`.\n\n3. one\n4. two\n\n- a\n- b\n\n> said\n\n```py\nrun()\n```\n\n|a|b|\n|-|-|\n|1||\n\n---";
  const container = show(text);
  expect(screen.getByRole("heading", { level: 3, name: "Fox" })).toBeTruthy();
  expect(container.querySelector("p")?.innerHTML).toMatch(/A <strong.*>red<\/strong> <em.*>fox<\/em> in <code.*>snow</);
  expect(container.querySelector("ol")?.start).toBe(3);
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(["one", "two", "a", "b"]);
  expect(container.querySelector("pre")?.textContent).toBe("run()\n");
  expect(screen.getAllByRole("cell").map(({ textContent }) => textContent)).toEqual(["1", ""]);
});

test("no level of headings is skipped, wherever the text begins", () => {
  const container = show("### Deep\n\n# Top\n\n###### Deepest\n\n## Next");
  const levels = [...container.querySelectorAll("h3, h4, h5, h6")].map(({ localName }) => localName);
  expect(levels).toEqual(["h3", "h3", "h4", "h4"]);
});

describe("a link", () => {
  test("to another site opens there, and search engines do not follow it", () => {
    show("[paper](https://arxiv.org/abs/1) and <http://a.example/x>");
    for (const link of screen.getAllByRole("link")) {
      expect([link.getAttribute("rel"), link.getAttribute("target")]).toEqual([
        "nofollow noopener noreferrer",
        "_blank",
      ]);
    }
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "/dashboard",
    "#top",
    "//evil.example",
    "x.md",
  ])("to %s is only a text", (href) => {
    const container = show(`[press](${href}) [again][1] <${href}>\n\n[1]: ${href}`);
    expect(screen.queryAllByRole("link")).toEqual([]);
    expect(container.textContent).toContain("press");
  });
});

test.each([
  ["<script>alert(1)</script>\n\nafter", "after"],
  ["a <img src=x onerror=alert(1)> b", "a  b"],
  ["<div align=center>\n<a href='https://a.example'>x</a>\n</div>\n\nafter", "after"],
  ["<!-- hidden -->\n\nafter", "after"],
  ["![alt](https://replicate.delivery/a.png) text", "text"],
  ["[![badge](https://a.example/b.svg)](https://a.example) text", "text"],
  ["<style>*{display:none}</style>\n\nafter", "after"],
  ["&lt;script&gt; \\<b>", "<script> <b>"],
  ["[x](https://a.example \"onclick='alert(1)'\")", "x"],
])("HTML and images are left out of %j", (text, shown) => {
  expect(show(text).textContent?.trim()).toBe(shown);
});

const many = (piece: string) => piece.repeat(Math.floor(20_000 / piece.length));

test.each([
  "[",
  "*a ",
  "**a *b ",
  "_a_",
  "*__a",
  "> ",
  ">",
  "- ",
  "`",
  "<a ",
  "<!--",
  "![[]()",
  "a\n",
  "a\n=\n",
  "|-",
  "*_[`<",
  "# ",
  "<b>",
  "1. ",
  "&#x0;",
  "\\",
  "[a](<b",
])("20,000 characters of %j do no harm", (piece) => {
  const before = performance.now();
  show(many(piece));
  expect(performance.now() - before).toBeLessThan(10_000);
});
