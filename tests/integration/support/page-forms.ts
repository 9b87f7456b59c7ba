import type { User } from "../../support/users";

type App = { appUrl: string };

/** Requests a page with the cookies of a user, without following redirects. */
export async function openPage({ appUrl }: App, path: string, user?: User) {
  const response = await fetch(new URL(path, appUrl), { headers: { ...user?.cookie }, redirect: "manual" });
  return { status: response.status, location: response.headers.get("location"), html: await response.text() };
}

/** Returns where the first link with this text leads, or undefined if the page has no such link. */
export function findHref(html: string, text: string): string | undefined {
  const [tag] = new RegExp(`<a\\b[^>]*>${text}<`).exec(html) ?? [];
  return tag && attribute(tag, "href");
}

/**
 * Sends the form of a page that has the button `button`, as a browser without JavaScript does. Returns the status and the
 * `Location` of the response.
 */
export async function sendForm(
  app: App,
  path: string,
  button: string,
  fields: Record<string, string>,
  { user, headers = {} }: { user?: User; headers?: Record<string, string> } = {},
) {
  const { html } = await openPage(app, path, user);
  const forms = [...html.matchAll(/<form\b.*?<\/form>/gs)].map(([form]) => form);
  const form = forms.find((one) => new RegExp(`<button[^>]*>(?:<[^>]*>)*${button}`).test(one));
  if (!form) throw new Error(`${path} has no form with the button ${button}.`);
  const body = new FormData();
  for (const [input] of form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
    body.append(attribute(input, "name"), attribute(input, "value"));
  }
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const response = await fetch(new URL(path, app.appUrl), {
    method: "POST",
    body,
    headers: { ...user?.cookie, origin: app.appUrl, ...headers },
    redirect: "manual",
  });
  await response.arrayBuffer();
  return { status: response.status, location: response.headers.get("location") ?? "" };
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}
