"use client";

import { Columns3 } from "lucide-react";
import { Menu } from "@/components/ui/menu";
import type { ModelChoice } from "./model-select";

type CompareProps = { choices: ModelChoice[]; chosen: string[]; onChange: (models: string[]) => void };

/** Beside the one in the form. */
const most = 2;

/** Chooses models that get the same prompt, to see what each makes of it. */
export function Compare({ choices, chosen, onChange }: CompareProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <Menu
        label="Compare"
        className="flex h-9 items-center gap-2 rounded px-2.5 text-[13px] text-muted transition-colors hover:bg-raised hover:text-ink pointer-coarse:h-10"
        trigger={
          <>
            <Columns3 aria-hidden className="size-4" /> Compare
          </>
        }
      >
        <fieldset className="p-1">
          <legend className="px-1.5 pt-1 pb-2 text-[12px] text-muted">Send the same prompt to</legend>
          {choices.map(({ id, title }) => {
            const isChosen = chosen.includes(id);
            return (
              <label
                key={id}
                className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-sm px-1.5 text-[13px] hover:bg-raised has-disabled:opacity-50 pointer-coarse:min-h-10"
              >
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={!isChosen && chosen.length >= most}
                  onChange={() => onChange(isChosen ? chosen.filter((one) => one !== id) : [...chosen, id])}
                  className="size-4 accent-accent"
                />
                {title}
              </label>
            );
          })}
        </fieldset>
      </Menu>
      {chosen.length > 0 ? (
        <p className="text-[13px] text-muted">
          with {choices.flatMap(({ id, title }) => (chosen.includes(id) ? [title] : [])).join(" and ")}
        </p>
      ) : null}
    </div>
  );
}
