import { Field, fieldProps } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { Field as ModelField } from "@/lib/models/fields";
import { controlName, toText } from "./form-values";

type PromptFieldProps = { field: ModelField; label: string; placeholder?: string; value: unknown; error?: string };

/** A text area that grows as the user types. */
export function PromptField({ field, label, placeholder, value, error }: PromptFieldProps) {
  const name = controlName(field);
  const isPrompt = field.name === "prompt";
  return (
    <Field label={label} htmlFor={name} error={error}>
      <Textarea
        {...fieldProps(name, { error })}
        name={name}
        defaultValue={toText(value)}
        placeholder={placeholder}
        required={isPrompt || field.required}
        rows={isPrompt ? 3 : 1}
        dir="auto"
        className={`field-sizing-content max-h-64 ${isPrompt ? "" : "min-h-10!"}`}
      />
    </Field>
  );
}
