import { readMails } from "./sql";
import type { Stack } from "./stack";

/** Returns the newest e-mail to an address: its subject, link and code. `count` is the number of e-mails to the address. */
export async function readNewestMail(stack: { env: Stack["env"] }, email: string) {
  const mails = (await readMails(stack)).filter(({ to }) => to === email);
  const [mail] = mails;

  return { count: mails.length, subject: mail?.subject, link: mail?.link ?? "", code: mail?.code ?? "" };
}
