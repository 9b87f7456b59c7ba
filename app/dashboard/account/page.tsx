import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { ApiKeys } from "@/components/account/api-keys";
import { Exports } from "@/components/account/exports";
import { Section, SignInAgain } from "@/components/account/section";
import { Sessions } from "@/components/account/sessions";
import { UsageToday } from "@/components/account/usage-today";
import { AccountForm } from "@/components/account/account-form";
import { PageHeader } from "@/components/shell/page-header";
import { readTheme } from "@/components/shell/theme/theme";
import { ThemeChoices } from "@/components/shell/theme/theme-choices";
import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/local-time";
import { getDeletionTime } from "@/lib/account/delete-account";
import { listExports, serializeExport } from "@/lib/account/exports/exports";
import { getProfile } from "@/lib/account/profile";
import { listSessions } from "@/lib/account/sessions";
import { isRecent, requirePageUser } from "@/lib/auth";
import { env } from "@/lib/env";
import { getUsage } from "@/lib/history/usage";
import { listApiKeys } from "@/lib/keys/own-keys";
import { isDemo } from "@/lib/sign-in/demo-account";
import { appOrigin } from "@/lib/request-params";
import { withNext } from "@/lib/sign-in/next-page";
import { explainAuthError } from "@/lib/supabase/auth-errors";
import { MAX_NAME } from "@/lib/supabase/auth-user";
import { createUserClient } from "@/lib/supabase/user-client";
import { setTheme } from "../set-theme-and-sign-out";
import { deleteAccount, exportEverything, keepAccount } from "./export-and-delete-actions";
import { makeKey, revokeKey } from "./key-actions";
import { changeName } from "./profile-actions";
import { endOtherSession, signOutEverywhere } from "./sign-in-actions";
import { SignInSections } from "./sign-in-sections";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage({ searchParams }: PageProps<"/dashboard/account">) {
  const user = await requirePageUser("/dashboard/account");
  const { problem } = await searchParams;
  const [profile, sessions, usage, keys, exports, deletionTime, store, given] = await Promise.all([
    getProfile(),
    listSessions(),
    getUsage(user.id),
    createUserClient().then(listApiKeys),
    createUserClient().then(listExports),
    getDeletionTime(),
    cookies(),
    headers(),
  ]);
  if (!profile) redirect(withNext("/login", "/dashboard/account"));
  const recent = isRecent(user);
  // Many people use the demo account, so nobody can change its sign-in or delete it.
  const isShared = isDemo(user);
  const days = env().DELETE_ACCOUNT_AFTER_DAYS;
  return (
    <div className="mx-auto max-w-[960px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Account" about={profile.email} />
      {typeof problem === "string" ? (
        <p role="alert" className="mt-6 text-pretty text-danger">
          {explainAuthError({ code: problem, status: 400 })}
        </p>
      ) : null}
      <div className="mt-8">
        <Section id="name" title="Name" about="Only you see your name, in the account menu.">
          <AccountForm
            id="name"
            action={changeName}
            verb="Save"
            fields={[
              { name: "name", label: "Name", autoComplete: "name", maxLength: MAX_NAME, defaultValue: profile.name },
            ]}
          />
        </Section>
        {isShared ? null : <SignInSections profile={profile} isRecent={recent} />}
        {isShared ? null : (
          <Section
            id="sessions"
            title="Sessions"
            about="The browsers in which you are signed in. If you end a session, its browser is signed out within five seconds."
          >
            <Sessions sessions={sessions} end={endOtherSession} signOutEverywhere={signOutEverywhere} />
          </Section>
        )}
        <Section id="limits" title="Today’s limits">
          <UsageToday usage={usage} />
        </Section>
        <Section id="theme" title="Theme">
          <div className="max-w-72">
            <ThemeChoices theme={readTheme(store.get("theme")?.value)} setTheme={setTheme} />
          </div>
        </Section>
        <Section
          id="keys"
          title="API keys"
          about={`For programs, such as Replicate’s clients with the base URL ${appOrigin(given)}/api/v1. A key that you revoke stops working within five seconds.`}
        >
          <ApiKeys keys={keys} isRecent={recent} make={makeKey} revoke={revokeKey} />
        </Section>
        <Section
          id="data"
          title="Your data"
          about="All your files, unchanged, and a list of all your runs with their input, output, price and times."
        >
          <div className="flex flex-col gap-4">
            {exports.length > 0 ? <Exports exports={exports.map(serializeExport)} /> : null}
            <div>
              {recent ? (
                <AccountForm id="data" action={exportEverything} verb="Export everything" fields={[]} />
              ) : (
                <SignInAgain to="data" verb="Export everything" />
              )}
            </div>
          </div>
        </Section>
        {isShared ? null : (
          <Section
            id="delete"
            title="Delete account"
            about={`Deletes your account, all files and the whole history. ${days > 0 ? `You have ${days} days to change your mind.` : "This cannot be undone."}`}
          >
            {deletionTime ? (
              <form action={keepAccount}>
                <p className="mb-4 text-risk">
                  Your account will be deleted on <LocalTime iso={deletionTime} withDay />.
                </p>
                <Button type="submit">Keep my account</Button>
              </form>
            ) : recent ? (
              <AccountForm
                id="delete"
                action={deleteAccount}
                verb="Delete account"
                variant="danger"
                fields={[
                  {
                    name: "email",
                    label: "Your e-mail address, to confirm",
                    hint: `Type ${profile.email}`,
                    autoComplete: "off",
                    required: true,
                  },
                ]}
              />
            ) : (
              <SignInAgain to="delete" verb="Delete account" />
            )}
          </Section>
        )}
      </div>
    </div>
  );
}
