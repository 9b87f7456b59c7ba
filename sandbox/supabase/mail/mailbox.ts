import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { replaceFile } from "../../start/replace-file.ts";
import type { RenderedMail } from "../auth/mail/render.ts";

const Mail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  /** The first link in the e-mail. */
  link: z.string().nullable(),
  /** The code in the e-mail. The user can type the code instead of opening the link. */
  code: z.string().nullable(),
  sent_at: z.string(),
});
export type Mail = z.infer<typeof Mail>;

const NEWEST = 100;

/**
 * Creates a mailbox that keeps the newest 100 e-mails in a folder, one file each, so that they survive a restart. `deliver` sends
 * an e-mail to a mail server, and throws if this fails. `onMail` is called for each e-mail.
 */
export function createMailbox(
  folder: string,
  onMail: (mail: Mail) => void,
  deliver: (mail: RenderedMail) => Promise<void> = async () => {},
) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (id: string) => join(folder, `${id}.json`);
  const names = readdirSync(folder).filter((name) => /^\d+\.json$/.test(name));
  const mails = names.map((name) => Mail.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))));
  mails.sort((a, b) => Number(b.id) - Number(a.id));

  return {
    /** The e-mails, newest first. */
    mails,
    async send(rendered: RenderedMail): Promise<void> {
      await deliver(rendered);
      const id = String(Number(mails[0]?.id ?? 0) + 1);
      const mail = { id, ...rendered, sent_at: new Date().toISOString() };
      replaceFile(path(id), JSON.stringify(mail));
      mails.unshift(mail);
      for (const { id: old } of mails.splice(NEWEST)) await rm(path(old), { force: true });
      onMail(mail);
    },
  };
}
