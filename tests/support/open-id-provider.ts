import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider, interactionPolicy, type Account as FoundAccount } from "oidc-provider";

type Account = { sub: string; email: string; email_verified: boolean; name?: string };

/** The registration of the app at the provider. By default, the sandbox sends this client id and this secret. */
const CLIENT = {
  client_id: "darkroom",
  client_secret: "darkroom-secret",
  redirect_uris: ["http://127.0.0.1/callback"],
};

/**
 * Starts an OpenID provider on a free port. It replaces Google and GitHub, and shows no page to the user. After
 * `signInAs(account)`, the user of this account is signed in at the provider, and agrees to each sign-in. After
 * `signInAs(null)`, the user refuses. To use the provider, start a stack with `SANDBOX_OAUTH_ISSUER` set to `issuer`.
 */
export async function startOpenIdProvider() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = new Map<string, Account>();
  let current: Account | null = null;

  const { base, Check } = interactionPolicy;
  const policy = base();
  // The provider has a cookie with the account that was signed in last. If a test has chosen another account since then, the
  // user must sign in again.
  policy
    .get("login")
    ?.checks.add(new Check("other_account", "", (ctx) => ctx.oidc.session?.accountId !== (current?.sub ?? "")));

  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [CLIENT],
    jwks: { keys: [privateKey.export({ format: "jwk" })] },
    cookies: { keys: ["a key for tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: () => false },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` },
    findAccount(_, id): FoundAccount | undefined {
      const account = accounts.get(id);
      return account && { accountId: id, claims: () => account };
    },
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? "",
        accountId: oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  // The port of the sandbox is not known yet, so the provider accepts every redirect URL.
  Object.assign(provider.Client.prototype, { redirectUriAllowed: () => true });
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith("/interaction/")) return next();
    const no = { error: "access_denied", error_description: "The user said no." };
    const result = current ? { login: { accountId: current.sub } } : no;
    ctx.respond = false;
    return provider.interactionFinished(ctx.req, ctx.res, result);
  });
  const answer = provider.callback();
  server.on("request", (request, response) => void answer(request, response));

  return {
    issuer,
    signInAs(account: Account | null) {
      current = account;
      if (account) accounts.set(account.sub, account);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Follows redirects, with cookies as a browser does, until a URL begins with `until`. Returns this URL. */
export async function followRedirects(start: string, until: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let step = 0; step < 20; step += 1) {
    if (url.startsWith(until)) return new URL(url);
    const Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { redirect: "manual", headers: { Cookie } });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]?.split(/=(.*)/s) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (!location) throw new Error(`${url} responded ${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
  }
  throw new Error(`${start} leads through more than 20 pages.`);
}
