import { buttonClass } from "@/components/ui/button-class";
import { AccountForm, type AccountAction } from "./account-form";
import { SignInAgain } from "./section";

type Provider = { name: string; label: string };
type Identity = { id: string; provider: string; email: string | null };

type ConnectedAccountsProps = {
  identities: Identity[];
  /** The services that can be connected. */
  providers: Provider[];
  labelOf: (provider: string) => string;
  /** Whether the user signed in a short time ago. If not, accounts can be neither connected nor disconnected. */
  isRecent: boolean;
  disconnect: AccountAction;
};

/** The accounts of other services with which the user can sign in. */
export function ConnectedAccounts(props: ConnectedAccountsProps) {
  const { identities, providers, labelOf, isRecent, disconnect } = props;
  const connected = identities.filter(({ provider }) => provider !== "email");
  const others = providers.filter(({ name }) => !connected.some(({ provider }) => provider === name));
  // Supabase does not let a user disconnect the last way to sign in.
  const isLast = identities.length < 2;
  return (
    <div className="flex flex-col gap-4">
      {connected.length > 0 ? (
        <ul className="divide-y rounded border">
          {connected.map(({ id, provider, email }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
              <div className="min-w-0">
                <p>{labelOf(provider)}</p>
                {email ? <p className="mt-0.5 text-[13px] break-words text-muted">{email}</p> : null}
              </div>
              {isLast ? (
                <p className="text-[13px] text-muted">Your only way to sign in</p>
              ) : isRecent ? (
                <AccountForm
                  id={`identity-${id}`}
                  action={disconnect}
                  fields={[]}
                  verb={`Disconnect ${labelOf(provider)}`}
                  values={{ identity: id }}
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {isRecent && others.length > 0 ? (
        <ul className="flex flex-wrap gap-2">
          {others.map(({ name, label }) => (
            <li key={name}>
              {/* A `Link` would load this URL in advance, and so start to connect the account. */}
              <a href={`/dashboard/account/connect/${encodeURIComponent(name)}`} className={buttonClass()}>
                Connect {label}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {isRecent ? null : (
        <div>
          <SignInAgain to="connected" verb="Change connected accounts" />
        </div>
      )}
    </div>
  );
}
