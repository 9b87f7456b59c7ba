"use server";

import { getUser } from "@/lib/auth";
import { listRecentPrompts } from "@/lib/predictions/queries";
import { questionIn } from "@/lib/words/question";

const maxPrompts = 50;

/**
 * Returns the user's last prompts, without duplicates. If a prompt is a conversation, returns only its last message. Returns null
 * for a signed-out user.
 */
export async function loadRecentPrompts(): Promise<string[] | null> {
  if (!(await getUser())) return null;
  const prompts = await listRecentPrompts(maxPrompts);
  return [...new Set(prompts.map((prompt) => questionIn({ prompt })))];
}
