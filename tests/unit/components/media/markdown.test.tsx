import { render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { Markdown } from "@/components/media/markdown";

/** The elements that a rendered text may contain. None of them runs a script or loads a file. */
const ALLOWED = /^(div|h[2-6]|p|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|strong|em|s|code|pre|hr|br|a)$/;

function show(text: string, isAnswer = false) {
  const { container } = render(<Markdown text={text} isAnswer={isAnswer} />);
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
  show(many(piece), true);
  expect(performance.now() - before).toBeLessThan(10_000);
});

describe("an answer", () => {
  test.each([
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "<div align=center>\n<a href='https://a.example'>x</a>\n</div>",
    "<!-- hidden -->",
    "<style>*{display:none}</style>",
  ])("shows %j as text", (text) => {
    const container = show(text, true);
    expect(container.textContent).toBe(text.replaceAll("\n", ""));
    expect(container.querySelectorAll("div, p, br")).toHaveLength(container.querySelectorAll("*").length);
  });

  test("loads no image, and says where it would have come from", () => {
    const container = show("![pixel](https://evil.example/a.png)", true);
    expect(container.textContent).toBe("!pixel (evil.example)");
  });

  test("keeps its line breaks", () => {
    expect(show("one\ntwo\n\nthree", true).querySelectorAll("br, p")).toHaveLength(3);
  });

  test.each([
    ["[your bank](https://evil.example/login)", "your bank (evil.example)"],
    ["[https://bank.example](https://evil.example)", "https://bank.example (evil.example)"],
    ["[**bold** `code`](http://evil.example:8080)", "bold code (evil.example:8080)"],
    ["[x](https://bank.example@evil.example/)", "x (evil.example)"],
    ["[x](https://b\u00e4nk.example)", "x (xn--bnk-qla.example)"],
    ["<https://a.example/b>", "https://a.example/b"],
    ["[a.example](https://a.example/b)", "a.example"],
  ])("shows where %j leads", (text, name) => {
    show(text, true);
    expect(screen.getByRole("link").textContent).toBe(name);
    expect(screen.getByRole("link").getAttribute("rel")).toBe("nofollow noopener noreferrer");
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "/auth/confirm", "//evil.example", "#top"])(
    "has no link to %s",
    (href) => {
      show(`[press](${href}) <${href}>`, true);
      expect(screen.queryAllByRole("link")).toEqual([]);
    },
  );

  test("has headings below the title of the page", () => {
    const levels = [...show("# One\n\n## Two\n\n###### Six", true).querySelectorAll("h2, h3, h4")];
    expect(levels.map(({ localName }) => localName)).toEqual(["h2", "h3", "h4"]);
  });
});
