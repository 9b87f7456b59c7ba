import { SmtpEmailDriver } from "@supabase/lite";
import { productName } from "../../../lib/config.ts";
import type { Letter } from "../auth/letters/render.ts";

/** Sends letters to a mail server at `smtp://user:password@host:port`, encrypted if it offers that. Throws if it refuses one. */
export function createSmtpSender(url: string) {
  const { hostname, port, username, password } = new URL(url);
  const driver = new SmtpEmailDriver({
    host: hostname,
    port: Number(port || 25),
    ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    from: { name: productName, address: "sandbox@darkroom.test" },
    requireTls: false,
  });
  return ({ to, subject, html }: Letter): Promise<void> => driver.send({ to, subject, html });
}
