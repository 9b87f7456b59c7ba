"use server";

import { getUser } from "@/lib/auth";
import { listRecentPrompts } from "@/lib/predictions/queries";

const maxPrompts = 50;

/** The user's last prompts; null when the user is signed out. */
export async function loadRecentPrompts(): Promise<string[] | null> {
  return (await getUser()) ? listRecentPrompts(maxPrompts) : null;
}
