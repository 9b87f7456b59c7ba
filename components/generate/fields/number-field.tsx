"use client";

import { useRef } from "react";
import { Field, fieldProps } from "@/components/ui/field";
import { Input, Slider } from "@/components/ui/input";
import type { Field as Setting } from "@/lib/models/inputs/fields";
import { controlName, toText, typeInto } from "./form-values";

/**
 * The highest value of a slider, except for widths and heights. With a longer range, one step would be smaller than a pixel. If
 * the setting allows a higher number, the user can type it into the number input.
 */
const maxOfSlider = 150;

/** A number input. If the setting has a minimum and a maximum, there is also a slider. */
export function NumberField({ field, value, error }: { field: Setting; value: unknown; error?: string }) {
  const input = useRef<HTMLInputElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const { label, description: hint, min, max, kind } = field;
  const name = controlName(field);
  const start = toText(value);

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
          placeholder={toText(field.default) || "Auto"}
          onInput={(event) => {
            if (slider.current && event.currentTarget.value) slider.current.value = event.currentTarget.value;
          }}
          className={`font-mono tabular-nums [appearance:textfield] [&::-webkit-inner-spin-button]:hidden ${max === undefined ? "" : "max-w-20"}`}
        />
        {min === undefined || max === undefined ? null : (
          // The slider is only for the pointer. Keyboards and screen readers use the number input.
          <Slider
            ref={slider}
            aria-hidden
            tabIndex={-1}
            {...sliderRange(min, max, kind === "integer")}
            defaultValue={start || String(field.default ?? min)}
            onInput={(event) => typeInto(input.current, event.currentTarget.value)}
          />
        )}
      </div>
    </Field>
  );
}

/**
 * Returns the range and the step of a slider. A setting with a minimum of at least 64 and a maximum above `maxOfSlider` is
 * probably a width or a height. Its slider has the whole range, in steps of 8 px.
 */
export function sliderRange(min: number, max: number, isWhole: boolean) {
  if (max > maxOfSlider && min >= 64) return { min, max, step: 8 };
  return { min, max: Math.min(max, maxOfSlider), step: isWhole ? 1 : max - min <= 2 ? 0.01 : 0.1 };
}
