import "server-only";
import { getTokenUser, type User } from "@/lib/auth";
import { AppError } from "@/lib/errors";

/** What a key allows. `predict`: run models and upload files. `read`: read predictions, files and models. `manage`: delete and cancel. */
export type Scope = "predict" | "read" | "manage";

/** The user who sent a request to `/api/v1`. */
export type Caller = User;

/**
 * Returns the user whose access token is in the header `Authorization`, as `Bearer` or as `Token`. Cookies are ignored, because
 * every website may send requests to `/api/v1`. Throws `unauthenticated`.
 */
export async function requireCaller(request: Request, _scope: Scope): Promise<Caller> {
  const token = /^(?:Bearer|Token) +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!token) throw new AppError("unauthenticated", "You did not pass an authentication token");
  const user = await getTokenUser(token);
  if (!user) throw new AppError("unauthenticated", "You did not pass a valid authentication token");
  return user;
}
