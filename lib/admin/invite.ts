import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { adminClient } from "@/lib/supabase/admin-client";
import { callAsAdmin } from "./access";

const EXISTS = ["email_exists", "user_already_exists"];

/**
 * Sends an invitation by e-mail, and creates the account of the invited user. The caller must have checked that an administrator
 * asks for this. `confirmUrl` is the page to which the link in the e-mail leads. Returns `exists` if the address has an account
 * already. Throws `rate_limited` if Supabase sends no more e-mails now, and `db_unavailable`.
 */
export async function inviteUser(email: string, confirmUrl: string): Promise<"sent" | "exists"> {
  const { data, error } = await adminClient().auth.admin.inviteUserByEmail(email, { redirectTo: confirmUrl });
  if (error && EXISTS.includes(error.code ?? "")) return "exists";
  if (error?.status === 429) {
    throw new AppError("rate_limited", "Too many e-mails. Wait a while, then try again.", { cause: error });
  }
  if (error) throw new AppError("db_unavailable", "The invitation could not be sent. Try again.", { cause: error });
  await callAsAdmin("log_invitation", { p_user: z.uuid().parse(data.user.id) });
  return "sent";
}
