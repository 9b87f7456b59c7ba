import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createMailbox } from "../../../../sandbox/supabase/mail/mailbox";
import { isOwnBrowser, mailPage } from "../../../../sandbox/supabase/mail/page";

const rendered = (subject: string) => ({
  to: "ann@darkroom.test",
  subject,
  html: "<p>Hello</p>",
  link: null,
  code: "012345",
});

test("the newest hundred e-mails survive a restart, in order", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "darkroom-mail-")), "mail");
  const seen: string[] = [];
  const mailbox = createMailbox(folder, ({ subject }) => seen.push(subject));
  for (let number = 1; number <= 102; number += 1) await mailbox.send(rendered(`E-mail ${number}`));
  const subjects = createMailbox(folder, () => {}).mails.map(({ subject }) => subject);
  expect([subjects.length, subjects[0], subjects[99]]).toEqual([100, "E-mail 102", "E-mail 3"]);
  expect(seen).toHaveLength(102);
});

test("an e-mail that the mail server refuses is not kept", async () => {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-mail-"));
  const mailbox = createMailbox(
    folder,
    () => {},
    () => Promise.reject(new Error("refused")),
  );
  await expect(mailbox.send(rendered("Refused"))).rejects.toThrow("refused");
  expect(mailbox.mails).toEqual([]);
});

test.each([
  ["http://127.0.0.1:4000", "text/html,*/*", true],
  ["http://localhost:4000", "text/html", true],
  ["http://127.0.0.1:4000", "*/*", false],
  ["http://attacker.example", "text/html", false],
])("the page of e-mails is shown at %s to a program that accepts %s: %s", (origin, accept, shown) => {
  expect(isOwnBrowser(new Request(`${origin}/__mail`, { headers: { accept } }))).toBe(shown);
});

test("e-mails cannot change the page around them", async () => {
  const html = `"></iframe><script>alert(1)</script>`;
  const mail = { ...rendered("<script>"), id: "1", html, sent_at: "2026-11-01T00:00:00Z" };
  const page = await mailPage([mail]).text();
  expect(page).not.toContain("<script");
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
});
