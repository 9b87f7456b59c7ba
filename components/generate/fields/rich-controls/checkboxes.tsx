import { useEffect } from "react";
import { identifierInWords } from "@/lib/models/inputs/field-labels";
import { fieldProps } from "@/components/ui/field";
import { controlName } from "@/components/generate/fields/form-values";
import type { EntriesProps } from "./chips";

/** A list whose entries come from a few options. The first checkbox also reports the errors of the list. */
export function Checkboxes({ ref, field, error, entries, onChange }: EntriesProps) {
  const options = field.options?.map(String) ?? [];

  // The label of the list belongs to the first checkbox, because this checkbox has the id. A click on the label must not check
  // the box, so it only moves the focus to the box.
  useEffect(() => {
    const label = [...(ref.current?.labels ?? [])].find(({ htmlFor }) => htmlFor !== "");
    const focusFirst = (event: Event) => {
      event.preventDefault();
      ref.current?.focus();
    };
    label?.addEventListener("click", focusFirst);
    return () => label?.removeEventListener("click", focusFirst);
  }, [ref]);

  return (
    <div
      role="group"
      aria-label={field.label}
      className="flex flex-col text-[13px]"
      data-required={field.required || undefined}
    >
      {options.map((option, index) => (
        <label key={option} className="flex min-h-7 cursor-pointer items-center gap-3 pointer-coarse:min-h-10">
          <input
            {...(index === 0 && { ...fieldProps(controlName(field), { hint: field.description, error }), ref })}
            type="checkbox"
            aria-label={identifierInWords(option)}
            checked={entries.includes(option)}
            onChange={({ currentTarget }) =>
              onChange(options.filter((one) => (one === option ? currentTarget.checked : entries.includes(one))))
            }
            className="size-4 accent-accent"
          />
          {identifierInWords(option)}
        </label>
      ))}
    </div>
  );
}
