"use client";

import { useRouter } from "next/navigation";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { Button } from "@/components/ui/button";

/** `isMaker`: the model generates images from a prompt alone. */
export type ModelChoice = { id: string; title: string; isMaker: boolean };

/** Selects the model. It is a form of its own, so that it works without JavaScript. */
export function ModelSelect({ model, choices }: { model: string; choices: ModelChoice[] }) {
  const router = useRouter();
  return (
    <form action="/dashboard/generate">
      <Field label="Model" htmlFor="model">
        <Select
          id="model"
          name="model"
          defaultValue={model}
          onChange={(event) => router.push(`/dashboard/generate?model=${event.currentTarget.value}`)}
        >
          {choices.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
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
