"use client";

import { useEffect, useState } from "react";
import { Columns3 } from "lucide-react";
import { Menu } from "@/components/ui/menu";
import { takesPromptAlone } from "@/lib/models/fields";
import { titleOf } from "@/lib/models/title";
import type { ModelChoice } from "./model-select";
import type { ModelForm } from "@/components/jobs/draft";
import { noteVisit, visitedModels } from "./visited-models";

type Choice = Pick<ModelChoice, "id" | "title">;

/** The models besides the catalogue's that can be compared: of those named, and of those that were ever asked. */
export type LoadComparable = (visited: string[]) => Promise<Choice[]>;

type CompareProps = ModelForm & {
  choices: ModelChoice[];
  chosen: string[];
  onChange: (models: string[]) => void;
  loadComparable: LoadComparable;
};

/** Beside the one in the form. */
const most = 3;

/** Chooses models that get the same prompt, to see what each makes of it. */
export function Compare({ owner, model, fields, choices, chosen, onChange, loadComparable }: CompareProps) {
  const [known, setKnown] = useState<Choice[] | null>(null);
  const makers = choices.filter(({ isMaker }) => isMaker);
  const listed = [...makers, ...(known ?? []).filter(({ id }) => !makers.some((maker) => maker.id === id))];
  const others = listed.filter(({ id }) => id !== model);

  useEffect(() => {
    if (takesPromptAlone(fields)) noteVisit(owner, model);
  }, [owner, model, fields]);

  function load() {
    // Without an answer there is the catalogue, and the next time it opens it asks again.
    loadComparable(visitedModels(owner)).then(setKnown, () => {});
  }

  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <Menu
        label="Compare"
        className="flex h-9 items-center gap-2 rounded px-2.5 text-[13px] text-muted transition-colors hover:bg-raised hover:text-ink pointer-coarse:h-10"
        onOpen={load}
        trigger={
          <>
            <Columns3 aria-hidden className="size-4" /> Compare
          </>
        }
      >
        <fieldset className="max-h-[50dvh] max-w-80 overflow-y-auto p-1" aria-busy={known === null}>
          <legend className="px-1.5 pt-1 pb-2 text-[12px] text-muted">Send the same prompt to up to {most} more</legend>
          {others.map(({ id, title }) => {
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
                  className="size-4 shrink-0 accent-accent"
                />
                <span className="min-w-0 break-words">{title}</span>
              </label>
            );
          })}
          <p className="px-1.5 py-2 text-[12px] text-muted">Models that you use, or look at here, join this list.</p>
        </fieldset>
      </Menu>
      {chosen.length > 0 ? (
        <p className="text-[13px] text-muted">
          with {format.format(chosen.map((one) => listed.find(({ id }) => id === one)?.title ?? titleOf(one)))}
        </p>
      ) : null}
    </div>
  );
}

const format = new Intl.ListFormat("en-GB");
