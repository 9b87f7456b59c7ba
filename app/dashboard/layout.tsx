import { cookies } from "next/headers";
import Link from "next/link";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import { ModelTitlesProvider } from "@/components/jobs/model-titles";
import { AccountMenu } from "@/components/shell/account-menu";
import { DeletionBanner } from "@/components/shell/deletion-banner";
import { StudioBackground } from "@/components/shell/lazy-parts";
import { Nav } from "@/components/shell/nav";
import { SandboxBanner } from "@/components/shell/sandbox-banner";
import { readTheme } from "@/components/shell/theme/theme";
import { Mark } from "@/components/shell/wordmark";
import { getDeletionTime } from "@/lib/account/delete-account";
import { showsAdministration } from "@/lib/admin/access";
import { getPageUser } from "@/lib/auth";
import { productName } from "@/lib/config";
import { env } from "@/lib/env";
import { listToolModels } from "@/lib/models/allowed-models";
import { featuredModels } from "@/lib/models/catalog";
import { chooseModel } from "@/lib/words/choose-model";
import { keepAccount } from "./account/export-and-delete-actions";
import { setTheme, signOut } from "./set-theme-and-sign-out";

const featuredTitles = Object.fromEntries(featuredModels.map(({ id, title }) => [id, title]));

export default async function DashboardLayout({ children }: LayoutProps<"/dashboard">) {
  // The layout does not require a user. Each page calls `requirePageUser` itself, because only the page knows its own URL. The
  // user returns to that URL after sign-in.
  const [user, deletionTime] = await Promise.all([
    getPageUser().catch(() => null),
    env().DELETE_ACCOUNT_AFTER_DAYS > 0 ? getDeletionTime().catch(() => null) : null,
  ]);
  const describe = chooseModel("describe");
  const theme = readTheme((await cookies()).get("theme")?.value);
  return (
    <>
      <StudioBackground userId={user?.id ?? null} />
      <a
        href="#content"
        className="fixed top-2 left-2 z-30 -translate-y-16 rounded bg-accent px-4 py-2.5 text-accent-ink focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="fixed inset-x-0 bottom-0 z-20 flex items-center border-t bg-ground px-1 pb-[env(safe-area-inset-bottom)] md:inset-y-0 md:right-auto md:w-20 md:flex-col md:border-t-0 md:border-r md:px-2 md:py-3">
        <Link
          href="/"
          aria-label={`${productName}, start page`}
          className="hidden size-14 place-items-center rounded text-ink md:mb-4 md:grid"
        >
          <Mark className="size-7" />
        </Link>
        <Nav />
        <div className="md:mt-auto">
          {user ? (
            <AccountMenu
              name={user.name}
              email={user.email}
              isAdmin={await showsAdministration(user)}
              theme={theme}
              setTheme={setTheme}
              signOut={signOut}
            />
          ) : null}
        </div>
      </header>
      <div
        className={`pb-[calc(56px+env(safe-area-inset-bottom))] md:pb-0 md:pl-20 ${env().isSandbox ? "[--banner:36px]" : "[--banner:0px]"}`}
      >
        {env().isSandbox ? <SandboxBanner /> : null}
        {deletionTime ? <DeletionBanner at={deletionTime} keep={keepAccount} /> : null}
        <main id="content" tabIndex={-1} className="outline-none">
          <ModelTitlesProvider titles={featuredTitles}>
            <ToolModelsProvider models={{ ...listToolModels(), ...(describe && { describe }) }}>
              {children}
            </ToolModelsProvider>
          </ModelTitlesProvider>
        </main>
      </div>
    </>
  );
}
