"use client";

import { useRef } from "react";
import { Field, fieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import type { Field as Setting } from "@/lib/models/inputs/fields";
import { controlName, toText } from "./form-values";

// The buttons of `SeedTools` are loaded after the page, because the field works without them: the user can type a seed.
const SeedTools = lazyAfterLoad(() => import("./seed-tools").then((file) => file.SeedTools));

/** The field for the seed, a number that makes a result repeatable. If the field is empty, most models pick a number. */
export function SeedField({ field, value, error }: { field: Setting; value: unknown; error?: string }) {
  const input = useRef<HTMLInputElement>(null);
  const name = controlName(field);

  return (
    <Field label={field.label} htmlFor={name} error={error}>
      <div className="group relative">
        <Input
          {...fieldProps(name, { error })}
          ref={input}
          name={name}
          type="number"
          step={1}
          min={field.min}
          max={field.max}
          required={field.required}
          defaultValue={toText(value)}
          placeholder={toText(field.default) || "Random"}
          className="pr-20 font-mono [appearance:textfield] [&::-webkit-inner-spin-button]:hidden"
        />
        <SeedTools field={field} input={input} />
      </div>
    </Field>
  );
}
