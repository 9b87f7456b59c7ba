import { useState } from "react";
import { fieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ControlProps } from "@/components/generate/fields/basic-control";
import { controlName, textOf } from "@/components/generate/fields/form-values";

/** Replaces a menu that would have too many options. The input suggests the options that contain the typed text. */
export function SearchSelect({ field, value, error }: ControlProps) {
  const id = controlName(field);
  const [start] = useState(() => findChosen(id) ?? textOf(field, value));
  const options = field.options?.map(String) ?? [];
  return (
    <>
      <Input
        {...fieldProps(id, { hint: field.description, error })}
        name={id}
        required={field.required}
        defaultValue={start}
        list={`${id}-options`}
        autoComplete="off"
        placeholder="Type to search"
        onInput={({ currentTarget: input }) =>
          input.setCustomValidity(
            !input.value || options.includes(input.value) ? "" : "Choose an option from the list.",
          )
        }
      />
      <datalist id={`${id}-options`}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </datalist>
    </>
  );
}

/** Returns what the user chose in the plain menu before this component replaced the menu. */
function findChosen(id: string) {
  const control = document.getElementById(id);
  return control instanceof HTMLSelectElement ? control.value : null;
}
