import { AccountForm } from "@/components/account/account-form";
import { AuthenticatorForm } from "@/components/account/authenticator";
import { ConnectedAccounts } from "@/components/account/connected-accounts";
import { Section, SignInAgain } from "@/components/account/section";
import { LocalTime } from "@/components/ui/local-time";
import type { Profile } from "@/lib/account/profile";
import { findAuthProvider } from "@/lib/auth-providers";
import { env } from "@/lib/env";
import { changeEmail, changePassword } from "./profile-actions";
import { disconnect, removeApp, setUpAuthenticator } from "./sign-in-actions";

type SignInSectionsProps = {
  profile: Profile;
  /** Whether the user signed in a short time ago. If not, these sections have links to sign in again instead of forms. */
  isRecent: boolean;
};

/** The sections of the account page about how the user signs in. */
export function SignInSections({ profile, isRecent }: SignInSectionsProps) {
  const { email, newEmail, identities, factors } = profile;
  const { AUTH_PROVIDERS, SANDBOX_MAIL_URL } = env();
  const isConnected = identities.some(({ provider }) => provider !== "email");
  return (
    <>
      <Section
        id="email"
        title="E-mail"
        about="To change your address, open two links: one in an e-mail to your old address, and one in an e-mail to the new address."
      >
        {newEmail ? (
          <p className="mb-4 text-pretty break-words text-risk">
            Waiting for confirmation of {newEmail}. If a link is missing or has expired, change the address again.
          </p>
        ) : null}
        {SANDBOX_MAIL_URL && newEmail ? (
          <p className="mb-4">
            <a href={SANDBOX_MAIL_URL} target="_blank" rel="noreferrer" className="underline underline-offset-4">
              Open the e-mails of the sandbox
            </a>
          </p>
        ) : null}
        {isRecent ? (
          <AccountForm
            id="email"
            action={changeEmail}
            verb="Change e-mail"
            fields={[
              {
                name: "email",
                label: "New e-mail address",
                type: "email",
                autoComplete: "email",
                required: true,
                maxLength: 254,
                hint: `Your address is now ${email}`,
              },
            ]}
          />
        ) : (
          <SignInAgain to="email" verb="Change e-mail" />
        )}
      </Section>
      <Section
        id="password"
        title="Password"
        about="Set or change your password. All other browsers are then signed out."
      >
        {isRecent ? (
          <AccountForm
            id="password"
            action={changePassword}
            verb="Save password"
            fields={[
              {
                name: "password",
                label: "New password",
                type: "password",
                autoComplete: "new-password",
                required: true,
                minLength: 8,
                maxLength: 72,
                hint: "At least 8 characters",
              },
            ]}
          />
        ) : (
          <SignInAgain to="password" verb="Change password" />
        )}
      </Section>
      {AUTH_PROVIDERS.length > 0 || isConnected ? (
        <Section
          id="connected"
          title="Connected accounts"
          about="Your accounts at other services, with which you can sign in here."
        >
          <ConnectedAccounts
            identities={identities}
            providers={AUTH_PROVIDERS.map(({ name, label }) => ({ name, label }))}
            labelOf={(name) => findAuthProvider(name)?.label ?? name}
            isRecent={isRecent}
            disconnect={disconnect}
          />
        </Section>
      ) : null}
      <Section
        id="authenticator"
        title="Authenticator app"
        about="An app that shows a new code every 30 seconds. If you set it up, each sign-in also asks for the app's current code."
      >
        {factors.map(({ id, created_at }) => (
          <div
            key={id}
            className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded border px-4 py-3"
          >
            <p>
              On since <LocalTime iso={created_at} withDay />
            </p>
            {isRecent ? (
              <AccountForm
                id={`factor-${id}`}
                action={removeApp}
                verb="Remove"
                variant="danger"
                fields={[]}
                values={{ factor: id }}
              />
            ) : null}
          </div>
        ))}
        {!isRecent ? (
          <SignInAgain to="authenticator" verb={factors.length > 0 ? "Change" : "Set up"} />
        ) : factors.length === 0 ? (
          <AuthenticatorForm action={setUpAuthenticator} />
        ) : null}
      </Section>
    </>
  );
}
