import type { Stack } from "./stack";

/** Runs one SQL statement as the owner of the database, without row level security. */
export async function sql<Row = Record<string, unknown>>(
  { env }: { env: Stack["env"] },
  statement: string,
): Promise<Row[]> {
  const response = await requestSandbox(env, "/__sql", { method: "POST", body: statement });
  return (await response.json()) as Row[];
}

/** Returns how many images of the daily limit the user has used. */
export async function readUsed(stack: { env: Stack["env"] }, userId: string): Promise<number> {
  const query = `select used from usage_daily where user_id = '${userId}' order by day desc`;
  const [row] = await sql<{ used: number }>(stack, query);
  return row?.used ?? 0;
}

type Mail = { to: string; subject: string; html: string; link: string | null; code: string | null };

/** Returns the e-mails that the local Supabase has sent, newest first. */
export async function readMails({ env }: { env: Stack["env"] }): Promise<Mail[]> {
  const response = await requestSandbox(env, "/__mail");
  return (await response.json()) as Mail[];
}

/**
 * Returns the newest e-mail to this address, with the code and the hash that confirm the address. Throws if there is no e-mail.
 */
export async function readMail(stack: { env: Stack["env"] }, to: string) {
  const mail = (await readMails(stack)).find((candidate) => candidate.to === to);
  if (!mail) throw new Error(`There is no e-mail to ${to}.`);
  return { ...mail, code: mail.code ?? "", hash: new URL(mail.link ?? "").searchParams.get("token_hash") ?? "" };
}

/** Replaces the rules by which the local Supabase simulates faults of sign-in (see sandbox/README.md). `{}` removes all rules. */
export async function setAuthFaults({ env }: { env: Stack["env"] }, rules: object): Promise<void> {
  await requestSandbox(env, "/__faults", { method: "POST", body: JSON.stringify(rules) });
}

async function requestSandbox(env: Stack["env"], path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(`${env.NEXT_PUBLIC_SUPABASE_URL}${path}`, {
    ...init,
    headers: { apikey: env.SUPABASE_SECRET_KEY ?? "" },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}
