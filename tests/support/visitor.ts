import { expect } from "vitest";
import { readNewestMail } from "./mails";
import type { Stack } from "./stack";

/** A page as a browser without JavaScript receives it. `url` is as it was requested or, after a redirect, without the origin. */
export type Page = {
  url: string;
  status: number;
  text: string;
  words: string;
  location: string | null;
  cookies: string[];
};

/** Simulates a browser without JavaScript: stores cookies, follows redirects and sends forms. All its requests have `headers`. */
export function createVisitor(appUrl: string, headers: Record<string, string> = {}) {
  const jar = new Map<string, string>();

  async function request(
    url: string,
    init: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {},
  ): Promise<Page> {
    const cookie = Array.from(jar, (pair) => pair.join("=")).join("; ");
    const response = await fetch(new URL(url, appUrl), {
      redirect: "manual",
      ...init,
      headers: { ...headers, ...(cookie && { cookie }), ...init.headers },
    });
    const cookies = response.headers.getSetCookie();
    for (const [, name = "", value = "", options = ""] of cookies.flatMap((text) => [
      /^(.*?)=(.*?)(;.*|$)/s.exec(text) ?? [],
    ])) {
      if (/max-age=0|1970/i.test(options)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await response.text();
    return {
      url,
      status: response.status,
      text,
      words: wordsOf(text),
      location: response.headers.get("location"),
      cookies,
    };
  }

  async function follow(page: Page): Promise<Page> {
    if (!page.location) return page;
    const { origin, pathname, search } = new URL(page.location, new URL(page.url, appUrl));
    return origin === appUrl ? follow(await request(pathname + search)) : page;
  }

  const open = async (url: string) => follow(await request(url));

  /** Finds the first form with these fields on the page, fills in the form and sends it. */
  async function send(page: Page, fields: Record<string, string>): Promise<Page> {
    const body = new FormData();
    for (const [name, value] of formFields(page, fields)) if (!(name in fields)) body.append(name, value);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return request(page.url, { method: "POST", body, headers: { origin: appUrl } });
  }

  const submit = async (page: Page, fields: Record<string, string>) => follow(await send(page, fields));

  return { jar, request, open, send, submit };
}
export type Visitor = ReturnType<typeof createVisitor>;

/**
 * Returns all fields of the first form that has fields with these names. If `fields` contains `step`, the form's field `step`
 * must also have the same value.
 */
function formFields({ text, url }: Page, fields: Record<string, string>) {
  const forms = [...text.matchAll(/<form\b.*?<\/form>/gs)].map(([form]) =>
    [...form.matchAll(/<input\b[^>]*>/g)].map(([tag]) => [attribute(tag, "name"), attribute(tag, "value")] as const),
  );
  const found = forms.find((inputs) =>
    Object.entries(fields).every(([name, value]) =>
      inputs.some(([n, v]) => n === name && (n !== "step" || v === value)),
    ),
  );
  if (!found) throw new Error(`${url} has no form with ${Object.keys(fields).join(", ")}: ${wordsOf(text)}`);
  return found.filter(([name]) => name);
}

function attribute(tag: string, name: string): string {
  return decode(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

function wordsOf(html: string): string {
  return decode(
    html
      .replace(/^.*?<body/s, "<body")
      .replaceAll(/<(script|style|template)\b.*?<\/\1>/gs, "")
      .replaceAll("<!-- -->", "")
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " "),
  );
}

function decode(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** Waits until `count` e-mails have been sent to the address, and returns the newest. A page may respond before it sends one. */
export async function awaitMail(stack: { env: Stack["env"] }, email: string, count = 1) {
  await expect.poll(async () => (await readNewestMail(stack, email)).count).toBe(count);
  return readNewestMail(stack, email);
}
