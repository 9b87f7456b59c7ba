export type Mail = { to: string; subject: string; html: string; link: string | null; sent_at: string };

/** Stores the newest 100 mails instead of sending them, and calls the listener for each. */
export function createMailbox(onMail: (mail: Mail) => void) {
  const mails: Mail[] = [];
  return {
    mails,
    async send(message: { to: string; subject: string; html?: string }): Promise<void> {
      const html = message.html ?? "";
      const link = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;
      const mail = { to: message.to, subject: message.subject, html, link, sent_at: new Date().toISOString() };
      mails.unshift(mail);
      mails.splice(100);
      onMail(mail);
    },
  };
}
