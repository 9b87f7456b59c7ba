"use client";

import { useRef } from "react";
import { Dices, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field, fieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Field as ModelField } from "@/lib/models/fields";
import { controlName, toText, typeInto } from "./form-values";

/** Seeds are signed 32-bit numbers in most models. */
const seedLimit = 2 ** 31;

/** The number that makes an image repeatable. If it is empty, the model picks one. */
export function SeedField({ field, value, error }: { field: ModelField; value: unknown; error?: string }) {
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
          <Button
            variant="ghost"
            size="icon"
            className="group-has-placeholder-shown:hidden"
            aria-label="Clear seed"
            title="Clear seed"
            onClick={() => typeInto(input.current, "")}
          >
            <X aria-hidden className="size-4" />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Use a random seed"
            title="Use a random seed"
            onClick={() => typeInto(input.current, String(Math.floor(Math.random() * seedLimit)))}
          >
            <Dices aria-hidden className="size-4" />
          </Button>
        </div>
      </div>
    </Field>
  );
}
