"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { AccountState } from "@/components/account/account-form";
import type { KeyState } from "@/components/account/key-form";
import { requireRecentPageUser } from "@/lib/auth";
import { createApiKey, revokeApiKey } from "@/lib/keys/own-keys";
import { NewKey } from "@/lib/keys/schema";
import { formOf } from "@/lib/request-params";
import { orProblem, problem, sectionPath, textOf } from "./form-answers";

const DAY = 86_400_000;

/** Makes an API key. Only this answer contains the whole key, so the key can be shown only once. */
export async function makeKey(_: KeyState, form: FormData): Promise<KeyState> {
  const user = await requireRecentPageUser(sectionPath("keys"));
  const values = {
    name: textOf(form, "name").toWellFormed().replaceAll("\0", ""),
    daily_images: textOf(form, "daily_images"),
    daily_usd: textOf(form, "daily_usd"),
  };
  const days = Number(textOf(form, "days"));
  const given = NewKey.safeParse({
    name: values.name,
    scopes: formOf(form).getAll("scopes"),
    expires_at: days > 0 && days <= 366 ? new Date(Date.now() + days * DAY).toISOString() : null,
    daily_images: numberOf(values.daily_images),
    daily_usd: numberOf(values.daily_usd),
  });
  if (!given.success) {
    const [issue] = given.error.issues;
    return { values, ...problem(String(issue?.path[0] ?? "name"), issue?.message ?? "") };
  }
  return orProblem(async (): Promise<KeyState> => {
    const { key } = await createApiKey(user.id, given.data);
    revalidatePath("/dashboard/account");
    return { key };
  });
}

/** Revokes an API key. Within five seconds, every server refuses the key. */
export async function revokeKey(_: AccountState, form: FormData): Promise<AccountState> {
  const user = await requireRecentPageUser(sectionPath("keys"));
  return orProblem(async () => {
    const id = z.uuid().safeParse(textOf(form, "key"));
    if (!id.success) return problem(null, "This key was already revoked.");
    await revokeApiKey(user.id, id.data);
    revalidatePath("/dashboard/account");
    return { done: "Revoked" };
  });
}

/** Returns the number in a field, or null if the field is empty. */
function numberOf(text: string): number | null {
  return text.trim() ? Number(text) : null;
}
