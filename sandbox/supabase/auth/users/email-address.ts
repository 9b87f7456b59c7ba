import { invalid } from "../http/errors.ts";

const FORMAT =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

export const isEmail = (text: string) => text.length <= 255 && FORMAT.test(text);

/** Returns the address in lower case. Throws the error of the real server if the text is not an e-mail address. */
export function requireEmail(email: string | undefined): string {
  if (!email) throw invalid("An email address is required");
  if (email.length > 255) throw invalid("An email address is too long");
  if (!isEmail(email)) throw invalid("Unable to validate email address: invalid format");
  return email.toLowerCase();
}
