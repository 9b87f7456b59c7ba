import type { OutgoingLetter } from "../http/call.ts";
import type { AuthSettings } from "../settings.ts";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

export type Letter = { to: string; subject: string; html: string; link: string | null; code: string | null };

/** Fills in the template of a letter. Placeholders are written as `{{ .Name }}`, and values are escaped for HTML. */
export function renderLetter({ to, template, values }: OutgoingLetter, { templates }: AuthSettings): Letter {
  const found = templates.get(template);
  if (!found) throw new Error(`supabase/config.toml has no template for the letter "${template}".`);
  const html = fill(found.html, values, (value) => value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? ""));
  const link = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;
  return { to, subject: fill(found.subject, values, (value) => value), html, link, code: values.Token ?? null };
}

function fill(text: string, values: Record<string, string>, escape: (value: string) => string): string {
  return text.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (_, name: string) => escape(values[name] ?? ""));
}
