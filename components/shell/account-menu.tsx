import { LogOut, ShieldCheck, UserRound } from "lucide-react";
import Link from "next/link";
import { Menu, menuItemClass } from "@/components/ui/menu";
import { ShortcutsItem } from "./lazy-parts";
import type { Theme } from "./theme/theme";
import { ThemeChoices } from "./theme/theme-choices";

type AccountMenuProps = {
  /** Empty if the user has not chosen a name. */
  name: string;
  email: string;
  isAdmin: boolean;
  theme: Theme;
  setTheme: (form: FormData) => Promise<void>;
  signOut: () => Promise<void>;
};

/** Shows the signed-in user, changes the theme, and signs out. It uses plain forms, so that it works without JavaScript. */
export function AccountMenu({ name, email, isAdmin, theme, setTheme, signOut }: AccountMenuProps) {
  return (
    <Menu
      label="Account"
      className="group grid size-14 shrink-0 place-items-center rounded"
      trigger={
        // CSS shows the first letter of the name. If the letter were text, the button's name for screen readers, which is
        // "Account", would have to contain the letter.
        <span
          aria-hidden
          data-initial={Array.from(name || email)[0]}
          className="grid size-8 place-items-center rounded-full border border-edge/60 bg-raised text-[13px] font-medium text-ink uppercase transition-colors group-hover:border-edge before:content-[attr(data-initial)]"
        />
      }
    >
      <p className="px-2.5 pt-2 pb-2.5 text-[12px] leading-tight text-muted">
        Signed in as
        <span className="mt-0.5 block max-w-56 truncate text-[13px] text-ink">{name || email}</span>
        {name ? <span className="mt-0.5 block max-w-56 truncate">{email}</span> : null}
      </p>
      <div className="border-y py-2">
        <ThemeChoices theme={theme} setTheme={setTheme} />
      </div>
      <div className="pt-1">
        <Link href="/dashboard/account" className={menuItemClass}>
          <UserRound aria-hidden className="size-4 text-muted" />
          Account
        </Link>
        {isAdmin ? (
          <Link href="/dashboard/admin" className={menuItemClass}>
            <ShieldCheck aria-hidden className="size-4 text-muted" />
            Administration
          </Link>
        ) : null}
        {/* Reserves space while the item loads, so that the other items of an open menu do not move. */}
        <div data-place="shortcuts" className="h-9 noscript:hidden pointer-coarse:hidden">
          <ShortcutsItem />
        </div>
      </div>
      <form action={signOut}>
        <button className={menuItemClass}>
          <LogOut aria-hidden className="size-4 text-muted" />
          Sign out
        </button>
      </form>
    </Menu>
  );
}
