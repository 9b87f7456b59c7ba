import { productName } from "@/lib/config";
import type { ConfirmLink } from "./confirm-link";

type Situation = {
  /** Whether this browser has probably requested the e-mail with the link. */
  isExpected: boolean;
  /** The e-mail address of the signed-in user, if any. */
  email: string | undefined;
};

const elsewhere = [
  "You or another person requested this link in another browser. If it was not you, close this page.",
  "To sign in with the other browser, enter the code from the e-mail in that browser.",
];
const once = "This link works only once.";

/** Returns the texts of the page that a link in an e-mail opens: title, paragraphs, and the label of the button (`verb`). */
export function describeLink(link: ConfirmLink, { isExpected, email }: Situation) {
  const type = "type" in link ? link.type : "email";
  if (type === "email_change") {
    const text = ["If you asked to change your e-mail address, confirm the change. Otherwise close this page."];
    return { title: "Confirm your e-mail address", text, verb: "Confirm" };
  }
  const known = isExpected ? [] : elsewhere;
  const other = email
    ? [`You are signed in as ${email}. This link may be for another account. If so, it signs you in to that account.`]
    : [];
  switch (type) {
    case "invite":
      return {
        title: `You are invited to ${productName}`,
        text: [
          ...other,
          "Press the button to accept the invitation and choose a password. If you did not expect an invitation, close this page.",
        ],
        verb: "Accept the invitation",
      };
    case "recovery":
      return { title: "Set a new password", text: [...known, ...other, once], verb: "Continue" };
    default:
      return {
        title: email ? "Switch account?" : `Sign in to ${productName}`,
        text: [...known, ...other, ...(known.length + other.length > 0 ? [] : [once])],
        verb: isExpected ? (email ? "Sign in with this link" : "Sign in") : "Sign in with this browser",
      };
  }
}
