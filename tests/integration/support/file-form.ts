import { inject } from "vitest";
import type { User } from "../../support/users";

/** Returns a form with a file and other fields, as the clients of Replicate's API send it. */
export function formOf(content: Blob, fields: Record<string, string> = {}, name = "fox.bin"): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append("content", content, name);
  return form;
}

/** Sends a form to /api/v1/files as this user, and returns the response, whatever its status. */
export function sendForm(
  body: FormData | string | ReadableStream,
  user: User,
  headers: Record<string, string> = {},
  { appUrl }: { appUrl: string } = inject("stack"),
): Promise<Response> {
  const init = { method: "POST", body, headers: { ...user.bearer, ...headers }, duplex: "half" };
  return fetch(`${appUrl}/api/v1/files`, init as RequestInit);
}
