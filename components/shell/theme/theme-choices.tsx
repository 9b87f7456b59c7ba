import { Monitor, Moon, Sun } from "lucide-react";
import type { Theme } from "./theme";

const choices = [
  { theme: "dark", label: "Dark", Icon: Moon },
  { theme: "light", label: "Light", Icon: Sun },
  { theme: "system", label: "System", Icon: Monitor },
] as const;

type ThemeChoicesProps = { theme: Theme; setTheme: (form: FormData) => Promise<void> };

/** A form with a button for each theme. It works without JavaScript. */
export function ThemeChoices({ theme, setTheme }: ThemeChoicesProps) {
  return (
    <form action={setTheme}>
      <fieldset>
        <legend className="sr-only">Theme</legend>
        <div className="flex gap-0.5">
          {choices.map(({ theme: choice, label, Icon }) => (
            <button
              key={choice}
              name="theme"
              value={choice}
              aria-pressed={choice === theme}
              className="flex h-9 flex-1 items-center justify-center gap-1.5 rounded-sm px-2.5 text-[13px] text-muted transition-colors hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink pointer-coarse:h-10"
            >
              <Icon aria-hidden className="size-3.5" />
              {label}
            </button>
          ))}
        </div>
      </fieldset>
    </form>
  );
}
