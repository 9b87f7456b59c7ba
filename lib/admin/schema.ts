import { z } from "zod";
import { UserLimits } from "@/lib/history/schema";
import { MediaKind, ReportReason } from "@/lib/media/schema";
import { Timestamp } from "@/lib/supabase/result";

/** Images and US dollars that count toward the daily limits. */
const Usage = z.object({ images: z.int(), usd: z.number() });

/**
 * A user, with the data that administrators see. Contains nothing that the user has made. `month` is the usage of the last 30
 * days.
 */
export const AdminUser = z.object({
  id: z.uuid(),
  email: z.string().nullable(),
  created_at: Timestamp,
  last_sign_in_at: Timestamp.nullable(),
  is_confirmed: z.boolean(),
  is_admin: z.boolean(),
  is_blocked: z.boolean(),
  blocked_at: Timestamp.nullable(),
  blocked_reason: z.string().nullable(),
  limits: UserLimits,
  today: Usage,
  month: Usage,
  stored_bytes: z.int(),
});
export type AdminUser = z.infer<typeof AdminUser>;

/** The filter of the audit log. It comes from the URL, so invalid values are ignored. `user` is an id or an e-mail address. */
export const AuditFilter = z.object({
  action: z
    .string()
    .regex(/^[a-z_]{1,50}$/)
    .optional()
    .catch(undefined),
  user: z.string().trim().min(1).max(254).optional().catch(undefined),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/**
 * A row of the audit log. In an `AuditEntry`, `actor` is the e-mail address of the administrator who made a change, and `target`
 * is the address of the user who was changed. Each is null if there is no such user, or if the account was deleted.
 */
export const AuditRow = z.object({
  id: z.int(),
  created_at: Timestamp,
  actor_id: z.uuid().nullable(),
  action: z.string(),
  target_id: z.uuid().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditRow> & { actor: string | null; target: string | null };

/**
 * A visitor's report of a shared file. `media` is null if the file was deleted. The `share_token` of the file is null while the
 * file is not shared.
 */
export const Report = z.object({
  id: z.uuid(),
  reason: ReportReason,
  details: z.string(),
  created_at: Timestamp,
  resolved_at: Timestamp.nullable(),
  resolution: z.enum(["taken_down", "dismissed"]).nullable(),
  resolved_by: z.string().nullable(),
  media: z
    .object({
      id: z.uuid(),
      user_id: z.uuid(),
      kind: MediaKind,
      share_token: z.string().nullable(),
      poster: z.boolean(),
      taken_down_at: z.string().nullable(),
      open_reports: z.int(),
    })
    .nullable(),
});
export type Report = z.infer<typeof Report>;

/** The state of the whole installation, as the SQL function `describe_installation` returns it. */
export const Installation = z.object({
  users: z.int(),
  blocked: z.int(),
  open_reports: z.int(),
  running: z.int(),
  webhook_at: Timestamp.nullable(),
  stored_bytes: z.int(),
  days: z.array(Usage.extend({ day: z.iso.date() })),
  models: z.array(Usage.extend({ model: z.string(), runs: z.int(), failed: z.int() })),
  errors: z.array(z.object({ kind: z.string(), count: z.int(), last_at: Timestamp })),
});
export type Installation = z.infer<typeof Installation>;
