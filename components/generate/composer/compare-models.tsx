"use client";

import { useEffect, useState } from "react";
import { Columns3 } from "lucide-react";
import type { AspectRatio } from "@/components/generate/fields/aspect-ratios";
import type { ModelForm } from "@/components/jobs/drafts/draft-storage";
import type { GenerateRequest, Values } from "@/components/jobs/job";
import { useModelTitle } from "@/components/jobs/model-titles";
import { ratioOf } from "@/components/media/requested-ratio";
import { readStoredJson, writeStored } from "@/components/ui/local-storage";
import { Menu } from "@/components/ui/menu";
import { takesPromptAlone } from "@/lib/models/inputs/fields";
import type { ModelChoice } from "./model-select";
import type { LoadCompared } from "./use-compare-models";

type Choice = Pick<ModelChoice, "id" | "title">;

/** Returns models that can be compared: first the models in `visited`, then the models that the user has run before. */
export type LoadComparable = (visited: string[]) => Promise<Choice[]>;

type CompareProps = ModelForm & {
  choices: ModelChoice[];
  chosen: string[];
  onChange: (models: string[]) => void;
  loadComparable: LoadComparable;
};

/** The largest number of models that can be added to the model of the form. */
const maxChosen = 3;

/** A menu in which the user chooses more models that get the same prompt, to compare their images. */
export function Compare({ owner, model, fields, choices, chosen, onChange, loadComparable }: CompareProps) {
  const modelTitle = useModelTitle();
  const [loaded, setLoaded] = useState<Choice[] | null>(null);
  const makers = choices.filter(({ isMaker }) => isMaker);
  const listed = [...makers, ...(loaded ?? []).filter(({ id }) => !makers.some((maker) => maker.id === id))];
  const titleOfChosen = (id: string) => listed.find((choice) => choice.id === id)?.title ?? modelTitle(id);

  useEffect(() => {
    if (takesPromptAlone(fields)) saveVisit(owner, model);
  }, [owner, model, fields]);

  function loadModels() {
    // If loading fails, the menu lists only the featured models. The models are requested again when the user opens the menu
    // again.
    loadComparable(visitedModels(owner)).then(setLoaded, () => {});
  }

  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <Menu
        label="Compare"
        className="flex h-9 items-center gap-2 rounded px-3 text-[13px] text-muted transition-colors hover:bg-raised hover:text-ink pointer-coarse:h-10"
        onOpen={loadModels}
        trigger={
          <>
            <Columns3 aria-hidden className="size-4" /> Compare
          </>
        }
      >
        <fieldset className="max-h-[50dvh] max-w-80 overflow-y-auto p-1" aria-busy={loaded === null}>
          <legend className="px-1.5 pt-1 pb-2 text-[12px] text-muted">
            Send the same prompt to up to {maxChosen} more models
          </legend>
          {listed.map(({ id, title }) => {
            const isChosen = chosen.includes(id);
            return id === model ? null : (
              <label
                key={id}
                className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-sm px-1.5 text-[13px] hover:bg-raised has-disabled:opacity-50 pointer-coarse:min-h-10"
              >
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={!isChosen && chosen.length >= maxChosen}
                  onChange={() => onChange(isChosen ? chosen.filter((other) => other !== id) : [...chosen, id])}
                  className="size-4 shrink-0 accent-accent"
                />
                <span className="min-w-0 break-words">{title}</span>
              </label>
            );
          })}
          <p className="px-1.5 py-2 text-[12px] text-muted">
            Models that you run or open on this page are added to this list.
          </p>
        </fieldset>
      </Menu>
      {chosen.length > 0 ? (
        <p className="text-[13px] text-muted">with {listFormat.format(chosen.map(titleOfChosen))}</p>
      ) : null}
    </div>
  );
}

/**
 * Returns one request for each model. Each request contains the prompt in `values`. It also contains the aspect ratio of its
 * model that is nearest to the ratio in `values`. All other settings are left out, because they differ from model to model.
 */
export function requestsFor(models: string[], load: LoadCompared, values: Values): Promise<GenerateRequest[]> {
  const wanted = ratioOf(values);
  const distance = ({ ratio }: AspectRatio) => Math.abs(Math.log(ratio / wanted));
  return Promise.all(
    models.map(async (model) => {
      const [nearest] = (await load(model)).ratios.toSorted((a, b) => distance(a) - distance(b));
      return { model, input: { prompt: values.prompt, ...nearest?.settings } };
    }),
  );
}

const listFormat = new Intl.ListFormat("en-GB");

const maxVisited = 6;
const visitsKey = (owner: string) => `models:${owner}`;

/** Returns the models whose forms this user last opened in this browser. The model that was opened last comes first. */
function visitedModels(owner: string): string[] {
  const value = readStoredJson(visitsKey(owner));
  return Array.isArray(value) ? value.filter((model) => typeof model === "string") : [];
}

function saveVisit(owner: string, model: string) {
  const models = [...new Set([model, ...visitedModels(owner)])].slice(0, maxVisited);
  writeStored(visitsKey(owner), JSON.stringify(models));
}
