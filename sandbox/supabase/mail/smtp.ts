import { SmtpEmailDriver } from "@supabase/lite";
import { productName } from "../../../lib/config.ts";
import type { RenderedMail } from "../auth/mail/render.ts";

/**
 * Sends e-mails to a mail server at `smtp://user:password@host:port`, encrypted if the server supports encryption. Throws if the
 * server refuses an e-mail.
 */
export function createSmtpSender(url: string) {
  const { hostname, port, username, password } = new URL(url);
  const driver = new SmtpEmailDriver({
    host: hostname,
    port: Number(port || 25),
    ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    from: { name: productName, address: "sandbox@darkroom.test" },
    requireTls: false,
  });
  return ({ to, subject, html }: RenderedMail): Promise<void> => driver.send({ to, subject, html });
}
