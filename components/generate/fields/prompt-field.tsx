import { Field, fieldProps } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { Field as Setting } from "@/lib/models/fields";
import { textOfValue } from "./fill-form";
import { controlName } from "./form-values";

type PromptFieldProps = { field: Setting; label: string; placeholder?: string; value: unknown; error?: string };

/** A long text. It grows with what is written. */
export function PromptField({ field, label, placeholder, value, error }: PromptFieldProps) {
  const name = controlName(field);
  const isPrompt = field.name === "prompt";
  return (
    <Field label={label} htmlFor={name} error={error}>
      <Textarea
        {...fieldProps(name, { error })}
        name={name}
        defaultValue={textOfValue(value)}
        placeholder={placeholder}
        required={isPrompt || field.required}
        rows={isPrompt ? 3 : 1}
        dir="auto"
        className={`field-sizing-content max-h-64 ${isPrompt ? "" : "min-h-10!"}`}
      />
    </Field>
  );
}
