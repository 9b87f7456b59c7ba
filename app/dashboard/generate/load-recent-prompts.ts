"use server";

import { getUser } from "@/lib/auth";
import { listRecentPrompts } from "@/lib/predictions/queries";
import { questionIn } from "@/lib/words/question";

const maxPrompts = 50;

/** The user's last prompts, without the earlier messages of a conversation; null when the user is signed out. */
export async function loadRecentPrompts(): Promise<string[] | null> {
  if (!(await getUser())) return null;
  const prompts = await listRecentPrompts(maxPrompts);
  return [...new Set(prompts.map((prompt) => questionIn({ prompt })))];
}
