import MarkdownIt, { type Token } from "markdown-it";
import { createElement, type ReactNode } from "react";

/** The limit of nested elements. Without this limit, a text could make the parser or React overflow the stack. */
const limits = { maxNesting: 20 };
/** The parser for a README. It recognizes HTML, so that HTML can be left out. */
const readmes = new MarkdownIt({ html: true }).set(limits);
/** The parser for an answer of a language model. HTML and images stay in the text, so that nothing of the answer is lost. */
const answers = new MarkdownIt().set(limits).disable("image");
/** The name of the attribute that stores the host of a link. Only a link whose text does not show the host gets it. */
const HOST = "data-host";
/** The name of the attribute that marks a link on a page that the operator has written. Such a link may lead anywhere. */
const OWN = "data-own";

const code = "rounded-sm bg-raised font-mono text-[12px]";
const linkClass = "text-ink underline decoration-edge underline-offset-4 hover:decoration-ink";
const cell = "border px-2 py-1 align-top";
/**
 * The elements that may appear, with their classes. The key is the type of the opening token ("heading_open") without `_open`.
 */
const elements: Record<string, string> = {
  heading: "mt-2 text-[15px] font-medium text-ink",
  paragraph: "",
  bullet_list: "list-disc pl-5",
  ordered_list: "list-decimal pl-5",
  list_item: "my-1",
  blockquote: "flex flex-col gap-3 border-l-2 pl-4",
  table: "border-collapse text-left text-[13px]",
  thead: "",
  tbody: "",
  tr: "",
  th: cell,
  td: cell,
  strong: "font-medium text-ink",
  em: "italic",
  s: "line-through",
};

const pageClass = "text-[15px] leading-relaxed [&>h1]:text-[28px] [&>h1]:leading-tight [&>h2]:mt-6 [&>h2]:text-[17px]";

type Node = { token: Token; children: Node[] };

type MarkdownProps = {
  text: string;
  /** True for the answer of a language model: shows HTML as text, keeps line breaks, and shows where each link leads. */
  isAnswer?: boolean;
  /** For a page that the operator has written: the headings begin with level 1, and links may lead anywhere. */
  isPage?: boolean;
};

/**
 * Renders Markdown. HTML in the text is never rendered as HTML, and no image is loaded. Anyone may have written a README or an
 * answer, so their links lead only to other sites. A README stands below a heading of level 2, and an answer below one of level
 * 1, so the headings in the text get lower levels.
 */
export function Markdown({ text, isAnswer = false, isPage = false }: MarkdownProps) {
  const tokens = (isAnswer ? answers : readmes).parse(text, {});
  const top = isPage ? 0 : isAnswer ? 1 : 2;
  let last = top;
  for (const token of tokens.filter(({ type }) => type === "heading_open")) {
    // No level is skipped. Otherwise the outline that screen readers show would have gaps.
    last = Math.min(6, last + 1, Number(token.tag.slice(1)) + top);
    token.tag = `h${last}`;
  }
  if (isAnswer) for (const { children } of tokens) showAll(children ?? []);
  const links = isPage
    ? tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === "link_open")
    : [];
  for (const link of links) link.attrSet(OWN, "");
  return (
    <div
      dir="auto"
      className={`flex max-w-prose flex-col gap-3 text-pretty wrap-anywhere ${isPage ? pageClass : isAnswer ? "text-sm" : "text-[13px] text-muted"}`}
    >
      {renderAll(toTree(tokens))}
    </div>
  );
}

/** Keeps the line breaks of a text. If the text of a link does not show its host, stores the host in the attribute `HOST`. */
function showAll(tokens: Token[]) {
  let link: Token | null = null;
  let label = "";
  for (const token of tokens) {
    if (token.type === "softbreak") token.type = "hardbreak";
    label += token.content;
    if (token.type === "link_open") [link, label] = [token, ""];
    if (token.type !== "link_close" || !link) continue;
    const href = String(link.attrGet("href"));
    const host = URL.parse(href)?.host;
    if (host && label !== href && label !== host) link.attrSet(HOST, host);
  }
}

/**
 * Converts a list of tokens to a tree: the tokens between an opening and a closing token become children of the opening token.
 */
function toTree(tokens: Token[]): Node[] {
  const root: Node[] = [];
  const open = [root];
  for (const token of tokens) {
    if (token.nesting < 0) {
      open.pop();
      continue;
    }
    const node = { token, children: token.type === "inline" ? toTree(token.children ?? []) : [] };
    open.at(-1)?.push(node);
    if (token.nesting > 0) open.push(node.children);
  }
  return root;
}

function renderAll(nodes: Node[]): ReactNode[] {
  return nodes.filter(hasContent).map((node, index) => render(node, index));
}

function render({ token, children }: Node, key: number): ReactNode {
  const { type, tag, content } = token;
  switch (type) {
    case "inline":
      return renderAll(children);
    case "text":
      return content;
    case "softbreak":
      return " ";
    case "hardbreak":
      return <br key={key} />;
    case "hr":
      return <hr key={key} />;
    case "code_inline":
      return (
        <code key={key} className={`px-1 ${code}`}>
          {content}
        </code>
      );
    case "fence":
    case "code_block":
      return (
        <pre key={key} className={`p-3 whitespace-pre-wrap ${code}`}>
          {content}
        </pre>
      );
    case "link_open":
      return renderLink(token, children, key);
  }
  const className = elements[type.replace(/_open$/, "")];
  if (className === undefined || token.hidden) return renderAll(children);
  const start = type === "ordered_list_open" ? Number(token.attrGet("start") ?? 1) : undefined;
  return createElement(tag, { key, className, start }, ...renderAll(children));
}

/** Renders a link to a website. Any other link, for example to a file beside the README, does not work here and becomes text. */
function renderLink(token: Token, children: Node[], key: number): ReactNode {
  const href = String(token.attrGet("href") ?? "");
  if (token.attrGet(OWN) !== null) {
    return (
      <a key={key} href={href} className={linkClass}>
        {renderAll(children)}
      </a>
    );
  }
  if (!/^https?:\/\//i.test(href)) return renderAll(children);
  const host = token.attrGet(HOST);
  return (
    <a key={key} href={href} target="_blank" rel="nofollow noopener noreferrer" className={linkClass}>
      {renderAll(children)}
      {host ? ` (${host})` : null}
    </a>
  );
}

/** Whether a node has anything to show. For example, a link around an image has nothing to show, because images are left out. */
function hasContent({ token: { type, content }, children }: Node): boolean {
  if (type === "text" || type === "code_inline" || type === "fence" || type === "code_block") return content !== "";
  if (type === "softbreak" || type === "hardbreak" || type === "hr") return true;
  // An empty cell of a table is kept, so that the other cells stay in their columns.
  return type === "td_open" || type === "th_open" || children.some(hasContent);
}
