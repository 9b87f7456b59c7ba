"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireAdminPage } from "@/lib/admin/access";
import { addAdmin, blockUser, type Outcome, removeAdmin, setUserLimits, unblockUser } from "@/lib/admin/users";
import { formOf } from "@/lib/request-params";

const MAX_LIMIT = 1e6;

/** Returns the schema of a number field that may be empty. The value of an empty field is null. */
function optional(number: z.ZodNumber) {
  const toNumber = (given: unknown) => (typeof given === "string" && given.trim() ? Number(given) : null);
  return z.preprocess(toNumber, number.nullable());
}

const Limits = z.object({
  daily_images: optional(z.number().int().min(0).max(MAX_LIMIT)),
  daily_usd: optional(z.number().min(0).max(MAX_LIMIT)),
  in_flight: optional(z.number().int().min(1).max(MAX_LIMIT)),
  storage_gb: optional(z.number().min(0).max(MAX_LIMIT)),
});
const Reason = z.string().trim().min(1).max(500);

export async function setLimits(form: FormData) {
  await change("set_user_limits", form, async (user, fields) => {
    const limits = Limits.safeParse(fields).data;
    if (!limits) return "invalid";
    const { storage_gb, ...others } = limits;
    return setUserLimits(user, { ...others, storage_bytes: storage_gb === null ? null : Math.round(storage_gb * 1e9) });
  });
}

export async function block(form: FormData) {
  await change("block_user", form, async (user, { reason }) => {
    const given = Reason.safeParse(reason).data;
    return given ? blockUser(user, given) : "invalid";
  });
}

export async function unblock(form: FormData) {
  await change("unblock_user", form, unblockUser);
}

export async function addAdministrator(form: FormData) {
  await change("add_admin", form, addAdmin);
}

export async function removeAdministrator(form: FormData) {
  await change("remove_admin", form, removeAdmin);
}

/** Requires an administrator, and calls `work` with the user in the form. Then shows the outcome on the page of the user. */
async function change(
  action: string,
  form: FormData,
  work: (user: string, fields: Record<string, unknown>) => Promise<Outcome | "invalid">,
) {
  const fields = Object.fromEntries(formOf(form));
  const user = z.uuid().safeParse(fields.user).data;
  await requireAdminPage(user ? `/dashboard/admin/users/${user}` : "/dashboard/admin");
  if (!user) redirect(`/dashboard/admin?notice=${action}.not_found`);
  redirect(`/dashboard/admin/users/${user}?notice=${action}.${await work(user, fields)}`);
}
