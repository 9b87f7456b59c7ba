type Notice = { text: string; isProblem?: boolean };

const problem = (text: string): Notice => ({ text, isProblem: true });

/** The messages after an action. The key is the parameter `notice` of the URL: the name of the action, and its outcome. */
const notices = new Map<unknown, Notice>([
  ["set_user_limits.done", { text: "The limits are saved." }],
  ["set_user_limits.invalid", problem("These limits are not valid. Nothing was changed.")],
  ["block_user.done", { text: "The user is blocked. All sessions of this user end within five seconds." }],
  ["block_user.is_admin", problem("An administrator cannot be blocked. End the administrator's rights first.")],
  ["block_user.invalid", problem("Give a reason of at most 500 characters. Nothing was changed.")],
  ["unblock_user.done", { text: "The user is unblocked, and can sign in again." }],
  ["add_admin.done", { text: "The user is an administrator now." }],
  ["add_admin.is_admin", { text: "The user is an administrator already." }],
  ["add_admin.is_blocked", problem("A blocked user cannot become an administrator.")],
  ["add_admin.not_confirmed", problem("The user must first confirm the e-mail address.")],
  ["remove_admin.done", { text: "The user is not an administrator any more." }],
  ["remove_admin.last_admin", problem("This is the last administrator. Make another user an administrator first.")],
  ["invite_user.sent", { text: "The invitation is on its way." }],
  ["invite_user.exists", problem("There is already an account with this address.")],
  ["invite_user.invalid", problem("This is not a complete e-mail address.")],
  ["invite_user.rate_limited", problem("Too many e-mails were sent. Wait a while, then try again.")],
  ["take_down_media.done", { text: "The file is not shared any more. Its owner cannot share it again." }],
  ["permit_sharing.done", { text: "The owner can share the file again." }],
  ["dismiss_report.done", { text: "The reports of this file are dismissed." }],
]);

/** Returns the message for a value of `notice`, such as "add_admin.done". Returns null if the value is unknown. */
export function describeNotice(notice: unknown): Notice | null {
  if (typeof notice !== "string") return null;
  if (notice.endsWith(".not_found"))
    return problem("The user, file or report does not exist any more. Nothing was changed.");
  return notices.get(notice) ?? null;
}
