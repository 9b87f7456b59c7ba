import Replicate from "replicate";
import { inject } from "vitest";
import type { User } from "../../support/users";

/** The official client, which talks to an app in place of Replicate. */
export function createClient(
  { accessToken }: Pick<User, "accessToken">,
  { appUrl }: { appUrl: string } = inject("stack"),
): Replicate {
  return new Replicate({ auth: accessToken, baseUrl: `${appUrl}/api/v1` });
}
