"use client";

import { useRef } from "react";
import { Field, fieldProps } from "@/components/ui/field";
import { Input, Slider } from "@/components/ui/input";
import type { Field as Setting } from "@/lib/models/fields";
import { textOfValue } from "./fill-form";
import { controlName } from "./form-values";

type NumberFieldProps = { field: Setting; label?: string; value: unknown; hint?: string; error?: string };

/** On a longer slider one step is less than a pixel. */
const longestSlider = 150;

/** A number, and where its bounds are known a slider beside it. */
export function NumberField({ field, label = field.label, value, hint, error }: NumberFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const { min, max, kind } = field;
  const name = controlName(field);
  const start = textOfValue(value);

  return (
    <Field label={label} htmlFor={name} hint={hint} error={error}>
      <div className="flex items-center gap-3">
        <Input
          {...fieldProps(name, { hint, error })}
          ref={input}
          name={name}
          type="number"
          inputMode="decimal"
          min={min}
          max={max}
          step={kind === "integer" ? 1 : "any"}
          required={field.required}
          defaultValue={start}
          placeholder={textOfValue(field.default) || "Auto"}
          onInput={(event) => {
            if (slider.current && event.currentTarget.value) slider.current.value = event.currentTarget.value;
          }}
          className={`font-mono tabular-nums [appearance:textfield] [&::-webkit-inner-spin-button]:hidden ${max === undefined ? "" : "max-w-20"}`}
        />
        {min === undefined || max === undefined ? null : (
          // The number is the control; this is a second way to it for the pointer.
          <Slider
            ref={slider}
            aria-hidden
            tabIndex={-1}
            min={min}
            max={Math.min(max, longestSlider)}
            step={kind === "integer" ? 1 : stepFor(max - min)}
            defaultValue={start || String(field.default ?? min)}
            onInput={(event) => {
              if (!input.current) return;
              input.current.value = event.currentTarget.value;
              input.current.dispatchEvent(new Event("input", { bubbles: true }));
            }}
          />
        )}
      </div>
    </Field>
  );
}

function stepFor(span: number) {
  return span <= 2 ? 0.01 : 0.1;
}
