import { readMails } from "./sql";
import type { Stack } from "./stack";

/** The newest e-mail to an address: its link and its code. */
export async function readNewestMail(stack: { env: Stack["env"] }, email: string) {
  const mails = (await readMails(stack)).filter(({ to }) => to === email);
  const [mail] = mails;

  return { count: mails.length, subject: mail?.subject, link: mail?.link ?? "", code: mail?.code ?? "" };
}
