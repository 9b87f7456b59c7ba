import type { OutgoingMail } from "../http/auth-request.ts";
import type { AuthSettings } from "../settings.ts";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

export type RenderedMail = { to: string; subject: string; html: string; link: string | null; code: string | null };

/** Fills in the template of an e-mail. Placeholders are written as `{{ .Name }}`, and values are escaped for HTML. */
export function renderMail({ to, template, values }: OutgoingMail, { templates }: AuthSettings): RenderedMail {
  const found = templates.get(template);
  if (!found) throw new Error(`supabase/config.toml has no template for the e-mail "${template}".`);
  const html = fill(found.html, values, (value) => value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? ""));
  const link = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;
  return { to, subject: fill(found.subject, values, (value) => value), html, link, code: values.Token ?? null };
}

function fill(text: string, values: Record<string, string>, escape: (value: string) => string): string {
  return text.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (_, name: string) => escape(values[name] ?? ""));
}
