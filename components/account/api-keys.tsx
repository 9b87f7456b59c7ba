import { formatUsd } from "@/components/ui/format-usd";
import { plural } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import type { ApiKey } from "@/lib/keys/schema";
import { AccountForm, type AccountAction } from "./account-form";
import { KeyForm } from "./key-form";
import { SignInAgain } from "./section";

const scopes = [
  { name: "predict", label: "Run models and upload files", isUsual: true },
  { name: "read", label: "Read predictions and files", isUsual: true },
  { name: "manage", label: "Delete files", isUsual: false },
];

type ApiKeysProps = {
  keys: ApiKey[];
  /** Whether the user signed in a short time ago. If not, keys can be neither made nor revoked. */
  isRecent: boolean;
  make: Parameters<typeof KeyForm>[0]["action"];
  revoke: AccountAction;
};

/** The API keys of the user, and a form that makes a new key. */
export function ApiKeys({ keys, isRecent, make, revoke }: ApiKeysProps) {
  return (
    <div className="flex flex-col gap-6">
      {keys.length > 0 ? (
        <ul className="divide-y rounded border">
          {keys.map((key) => (
            <li key={key.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
              <KeyFacts apiKey={key} />
              {isRecent ? (
                <AccountForm
                  id={`key-${key.id}`}
                  action={revoke}
                  fields={[]}
                  verb="Revoke"
                  variant="danger"
                  values={{ key: key.id }}
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {isRecent ? (
        <KeyForm action={make} scopes={scopes} />
      ) : (
        <div>
          <SignInAgain to="keys" verb={keys.length > 0 ? "Make or revoke a key" : "Make a key"} />
        </div>
      )}
    </div>
  );
}

function KeyFacts({ apiKey }: { apiKey: ApiKey }) {
  const { name, start, scopes: allowed, daily_images, daily_usd, created_at, last_used_at, expires_at } = apiKey;
  const limits = [
    ...(daily_images === null ? [] : [plural(daily_images, "image")]),
    ...(daily_usd === null ? [] : [formatUsd(daily_usd)]),
  ];
  return (
    <div className="min-w-0">
      <p className="break-words">
        {name} <code className="ml-1 font-mono text-[13px] text-muted">{start}…</code>
      </p>
      <p className="mt-0.5 text-[13px] text-muted">
        {allowed.join(", ")}
        {limits.length > 0 ? <>; at most {limits.join(" and ")} a day</> : null}
      </p>
      <p className="mt-0.5 text-[13px] text-muted">
        Since <LocalTime iso={created_at} withDay />,{" "}
        {last_used_at ? (
          <>
            last used in the hour from <LocalTime iso={last_used_at} withDay />
          </>
        ) : (
          "never used"
        )}
        {expires_at ? (
          <>
            , valid until <LocalTime iso={expires_at} withDay />
          </>
        ) : null}
      </p>
    </div>
  );
}
