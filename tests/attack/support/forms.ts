import { sendRequest, type Answer, type AppRequest } from "./send-request";
import type { User } from "../../support/users";

/** A form that can be sent without JavaScript: the page's path, and the hidden fields that name the server action. */
export type Form = { path: string; hidden: [name: string, value: string][] };

/** Returns the forms of a page, in their order in the HTML. */
export async function readForms(path: string, user?: User): Promise<Form[]> {
  const { text } = await sendRequest({ path, ...(user && { in: user }) });
  return [...text.matchAll(/<form\b.*?<\/form>/gs)].map(([form]) => ({
    path,
    hidden: [...form.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      attribute(input, "name"),
      attribute(input, "value"),
    ]),
  }));
}

/** Returns the request that sends a form with these fields. */
export function submitForm(
  { path, hidden }: Form,
  fields: Record<string, string>,
  more: Partial<AppRequest> = {},
): AppRequest {
  const body = new FormData();
  for (const [name, value] of hidden) if (!(name in fields)) body.append(name, value);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return { path, method: "POST", body, ...more };
}

/** Returns the URL to which a response redirects, as a browser resolves it. Null if there is no redirect. */
export function readRedirect({ headers }: Answer, from: string): string | null {
  const location = headers.get("location");
  return location === null ? null : new URL(location, from).href;
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}
