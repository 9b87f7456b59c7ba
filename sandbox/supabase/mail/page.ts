import { isLoopbackHostname } from "@supabase/lite";
import { productName } from "../../../lib/config.ts";
import type { Mail } from "./mailbox.ts";

const escape = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem; }
  h1 { font-size: 1.375rem; }
  details { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 8px; margin: 0.75rem 0; }
  summary { padding: 0.75rem 1rem; cursor: pointer; overflow-wrap: anywhere; }
  code { font-size: 1.125rem; letter-spacing: 0.15em; }
  iframe { border: 0; width: 100%; height: 38rem; background: #fff; border-radius: 0 0 8px 8px; display: block; }`;

/**
 * Whether a browser on this machine asks for a page. The Host header must name this machine. If it names another host, the
 * request may come from a page of a hostile site, whose domain name resolves to this machine.
 */
export function isOwnBrowser(request: Request): boolean {
  const wantsPage = (request.headers.get("accept") ?? "").includes("text/html");
  return request.method === "GET" && wantsPage && isLoopbackHostname(new URL(request.url).hostname);
}

/** Returns a page with the e-mails, newest first. Scripts in an e-mail do not run, and its links open in a new tab. */
export function mailPage(mails: Mail[]): Response {
  const items = mails.map(({ to, subject, html, code, sent_at }, index) => {
    const time = new Date(sent_at).toLocaleString("en", { dateStyle: "medium", timeStyle: "medium" });
    const mail = escape(`<base target="_blank">${html}`);
    const sandbox = "allow-popups allow-popups-to-escape-sandbox";
    return `<details${index === 0 ? " open" : ""}>
  <summary><b>${escape(subject)}</b><br>To ${escape(to)}, ${time}${code ? ` · Code <code>${escape(code)}</code>` : ""}</summary>
  <iframe title="${escape(subject)}" sandbox="${sandbox}" srcdoc="${mail}"${index > 0 ? ' loading="lazy"' : ""}></iframe>
</details>`;
  });
  const title = `E-mails of ${productName}`;
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>The newest 100 e-mails of the local Supabase. They are sent to a mail server only if SANDBOX_SMTP_URL is set. Reload the page to see new e-mails.</p>
${items.length > 0 ? items.join("\n") : "<p>There are no e-mails yet.</p>"}
</body>
</html>
`;
  return new Response(page, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; form-action 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  });
}
