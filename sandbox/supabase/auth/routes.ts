import { listFactors, removeUserFactor } from "./admin/factors.ts";
import { generateLink, invite } from "./admin/links.ts";
import * as admin from "./admin/users.ts";
import { reauthenticate, recover, resend, sendCode, sendMagicLink } from "./endpoints/mails.ts";
import { getHealth, getSettings } from "./endpoints/settings.ts";
import { signUp } from "./endpoints/sign-up.ts";
import { createTokens } from "./endpoints/token.ts";
import { changeUser, getUser, signOut } from "./endpoints/user.ts";
import { followLink } from "./endpoints/verify-link.ts";
import { verify } from "./endpoints/verify.ts";
import { enrollFactor } from "./factors/enroll.ts";
import { challengeFactor, removeFactor, verifyFactor } from "./factors/verify.ts";
import type { AuthRequest } from "./http/auth-request.ts";
import { authorize, authorizeLink } from "./oauth/authorize.ts";
import { callback } from "./oauth/callback.ts";
import { unlink } from "./oauth/unlink.ts";

/**
 * Runs `work` in a transaction. If `work` throws, its changes in the database are undone, unless the error has `keepsChanges`.
 */
export type Transact = <Result>(work: (call: AuthRequest) => Promise<Result>) => Promise<Result>;
/** The result of an endpoint. An object is sent as JSON, and null as an empty response. */
type Answer = Response | Record<string, unknown> | null;
export type Endpoint = (call: AuthRequest, transact: Transact) => Promise<Answer>;

const inTransaction =
  (answer: (call: AuthRequest) => Promise<Answer>): Endpoint =>
  (_, transact) =>
    transact(answer);

/** The endpoints of Supabase Auth. `:id` stands for one part of the path. */
const ENDPOINTS: Record<string, Endpoint> = {
  "GET /health": getHealth,
  "GET /settings": getSettings,
  "POST /signup": inTransaction(signUp),
  "POST /token": inTransaction(createTokens),
  "POST /otp": inTransaction(sendCode),
  "POST /magiclink": inTransaction(sendMagicLink),
  "POST /recover": inTransaction(recover),
  "POST /resend": inTransaction(resend),
  "POST /verify": inTransaction(verify),
  "GET /verify": inTransaction(followLink),
  "GET /reauthenticate": inTransaction(reauthenticate),
  "GET /user": getUser,
  "PUT /user": inTransaction(changeUser),
  "POST /logout": inTransaction(signOut),
  // The next three endpoints send requests to the server of a provider. They run without a transaction, because a transaction
  // would block the only connection of PGlite until the provider responds.
  "GET /authorize": authorize,
  "GET /callback": callback,
  "GET /user/identities/authorize": authorizeLink,
  "DELETE /user/identities/:id": inTransaction(unlink),
  "POST /factors": inTransaction(enrollFactor),
  "POST /factors/:id/challenge": inTransaction(challengeFactor),
  "POST /factors/:id/verify": inTransaction(verifyFactor),
  "DELETE /factors/:id": inTransaction(removeFactor),
  "POST /invite": inTransaction(invite),
  "POST /admin/generate_link": inTransaction(generateLink),
  "GET /admin/users": inTransaction(admin.listUsers),
  "POST /admin/users": inTransaction(admin.createUser),
  "GET /admin/users/:id": inTransaction(admin.getUser),
  "PUT /admin/users/:id": inTransaction(admin.changeUser),
  "DELETE /admin/users/:id": inTransaction(admin.deleteUser),
  "GET /admin/users/:id/factors": inTransaction(listFactors),
  "DELETE /admin/users/:id/factors/:id": inTransaction(removeUserFactor),
};

/** The endpoints that need a solved CAPTCHA if the project requires one. */
export const CAPTCHA_PATHS = ["/signup", "/token", "/otp", "/magiclink", "/recover", "/resend"];

const ROUTES = Object.entries(ENDPOINTS).map(([route, endpoint]) => {
  const [method = "", path = ""] = route.split(" ");
  return { method, pattern: new RegExp(`^${path.replaceAll(":id", "([^/]+)")}$`), endpoint };
});

/**
 * Returns the endpoint for a request, with the ids in the path. Returns 404 if there is no such path, and 405 if the path has
 * only other methods.
 */
export function findEndpoint(method: string, path: string): { endpoint: Endpoint; ids: string[] } | 404 | 405 {
  const routes = ROUTES.filter(({ pattern }) => pattern.test(path));
  // Routes with different methods can match the same path. For example, /user/identities/authorize also matches
  // /user/identities/:id.
  const route = routes.find((candidate) => candidate.method === method);
  if (!route) return routes.length > 0 ? 405 : 404;
  const [, ...ids] = route.pattern.exec(path) ?? [];
  return { endpoint: route.endpoint, ids };
}
