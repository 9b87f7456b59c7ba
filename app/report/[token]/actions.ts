"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { reportMedia } from "@/lib/media/sharing/report";
import { NewReport } from "@/lib/media/schema";
import { formOf } from "@/lib/request-params";

/** Sends a visitor's report. The answer does not reveal whether a file is shared with this token. */
export async function sendReport(given: FormData) {
  const form = formOf(given);
  const token = z.string().max(100).safeParse(form.get("token")).data ?? "";
  const report = NewReport.safeParse({ reason: form.get("reason"), details: form.get("details") ?? "" }).data;
  const result = report ? await send(token, report) : "invalid";
  redirect(`/report/${encodeURIComponent(token)}?result=${result}`);
}

async function send(token: string, report: NewReport): Promise<"sent" | "tries" | "unavailable"> {
  try {
    await reportMedia(token, report, await headers());
    return "sent";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === "rate_limited" ? "tries" : "unavailable";
  }
}
