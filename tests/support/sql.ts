import type { Stack } from "./stack";

/** Runs one SQL statement as the owner of the database, without row level security. */
export async function sql<Row = Record<string, unknown>>(
  { env }: { env: Stack["env"] },
  statement: string,
): Promise<Row[]> {
  const response = await requestSandbox(env, "/__sql", { method: "POST", body: statement });
  return (await response.json()) as Row[];
}

/** Returns how many images the user has used today. */
export async function readUsed(stack: { env: Stack["env"] }, userId: string): Promise<number> {
  const query = `select used from usage_daily where user_id = '${userId}' order by day desc`;
  const [row] = await sql<{ used: number }>(stack, query);
  return row?.used ?? 0;
}

/** Returns the e-mails that the sandbox has stored instead of sending them, newest first. */
export async function readMails({ env }: { env: Stack["env"] }) {
  const response = await requestSandbox(env, "/__mail");
  return (await response.json()) as { to: string; subject: string; html: string; link: string | null }[];
}

async function requestSandbox(env: Stack["env"], path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(`${env.NEXT_PUBLIC_SUPABASE_URL}${path}`, {
    ...init,
    headers: { apikey: env.SUPABASE_SECRET_KEY ?? "" },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}
