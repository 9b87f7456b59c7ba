"use client";

import { useRef } from "react";
import { Dices, X } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Field, fieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Field as Setting } from "@/lib/models/fields";
import { controlName, toText, typeInto } from "./form-values";

/** Seeds are signed 32-bit numbers in most models. */
const seedLimit = 2 ** 31;

/** The number that makes an image repeatable. If the field is empty, the model picks a number. */
export function SeedField({ field, value, error }: { field: Setting; value: unknown; error?: string }) {
  const input = useRef<HTMLInputElement>(null);
  const name = controlName(field);

  return (
    <Field label="Seed" htmlFor={name} error={error}>
      <div className="group relative flex">
        <Input
          {...fieldProps(name, { error })}
          ref={input}
          name={name}
          type="number"
          step={1}
          min={field.min}
          max={field.max}
          defaultValue={toText(value)}
          placeholder="Random"
          className="pr-20 font-mono [appearance:textfield] [&::-webkit-inner-spin-button]:hidden"
        />
        <div className="absolute inset-y-0 right-0.5 flex items-center">
          <IconButton
            label="Clear seed"
            Icon={X}
            className="group-has-placeholder-shown:hidden"
            onClick={() => typeInto(input.current, "")}
          />
          <IconButton
            label="Fill in a random seed"
            Icon={Dices}
            onClick={() => typeInto(input.current, String(Math.floor(Math.random() * seedLimit)))}
          />
        </div>
      </div>
    </Field>
  );
}
