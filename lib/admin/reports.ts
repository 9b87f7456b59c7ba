import "server-only";
import { z } from "zod";
import { pageOf, parseCursor } from "@/lib/cursor";
import { callAsAdmin } from "./access";
import { Report } from "./schema";

const PAGE = 30;

const Outcome = z.enum(["done", "not_found"]);
type Outcome = z.infer<typeof Outcome>;

/** Returns a page of reports, the newest first: the open ones, or the resolved ones. An invalid cursor is ignored. */
export async function listReports({ isOpen, cursor = "" }: { isOpen: boolean; cursor?: string }) {
  const [before = null, beforeId = null] = parseCursor(cursor) ?? [];
  const parameters = { p_open: isOpen, p_before_at: before, p_before_id: beforeId, p_limit: PAGE + 1 };
  const { rows, next } = pageOf(z.array(Report).parse(await callAsAdmin("list_reports", parameters)), PAGE);
  return { reports: rows, next };
}

/**
 * Ends the sharing of a file, and resolves its reports. The owner cannot share the file again, unless `permitSharing` is called.
 */
export async function takeDownMedia(id: string): Promise<Outcome> {
  return Outcome.parse(await callAsAdmin("take_down_media", { p_media: id }));
}

/** Allows the owner of a file that was taken down to share the file again. */
export async function permitSharing(id: string): Promise<Outcome> {
  return Outcome.parse(await callAsAdmin("permit_sharing", { p_media: id }));
}

/** Dismisses a report, and all other open reports of the same file. */
export async function dismissReport(id: string): Promise<Outcome> {
  return Outcome.parse(await callAsAdmin("dismiss_report", { p_report: id }));
}
