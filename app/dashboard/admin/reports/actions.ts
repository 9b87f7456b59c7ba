"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireAdminPage } from "@/lib/admin/access";
import { dismissReport, permitSharing, takeDownMedia } from "@/lib/admin/reports";
import { formOf } from "@/lib/request-params";

export async function takeDown(form: FormData) {
  await change("take_down_media", form, takeDownMedia);
}

export async function allowSharing(form: FormData) {
  await change("permit_sharing", form, permitSharing);
}

export async function dismiss(form: FormData) {
  await change("dismiss_report", form, dismissReport);
}

/** Requires an administrator, and calls `work` with the id in the form. Then shows a message about the outcome on the page. */
async function change(action: string, form: FormData, work: (id: string) => Promise<string>) {
  await requireAdminPage("/dashboard/admin/reports");
  const id = z.uuid().safeParse(formOf(form).get("id")).data;
  redirect(`/dashboard/admin/reports?notice=${action}.${id ? await work(id) : "not_found"}`);
}
