"use client";

import { useRouter } from "next/navigation";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { Button } from "@/components/ui/button";

/**
 * `group`: the task of the model in words; null if the model is not featured. `isMaker`: the model generates images from a
 * prompt.
 */
export type ModelChoice = { id: string; title: string; group: string | null; isMaker: boolean };

/**
 * A menu of the featured models, grouped by task, and of the current model. The menu has its own form, so that it works without
 * JavaScript.
 */
export function ModelSelect({ model, choices }: { model: string; choices: ModelChoice[] }) {
  const router = useRouter();
  const groups = [...new Set(choices.map(({ group }) => group))].map((group) => ({
    group,
    options: choices
      .filter((choice) => choice.group === group)
      .map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      )),
  }));
  return (
    <form action="/dashboard/generate">
      <Field label="Model" htmlFor="model">
        <Select
          id="model"
          name="model"
          defaultValue={model}
          onChange={(event) => router.push(`/dashboard/generate?model=${event.currentTarget.value}`)}
        >
          {groups.map(({ group, options }) =>
            group ? (
              <optgroup key={group} label={group}>
                {options}
              </optgroup>
            ) : (
              options
            ),
          )}
        </Select>
      </Field>
      <noscript>
        <Button type="submit" size="sm" className="mt-2">
          Use this model
        </Button>
      </noscript>
    </form>
  );
}
