import { fieldProps } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { Field } from "@/lib/models/inputs/fields";
import { controlName, isList, textOf } from "./form-values";

export type ControlProps = { field: Field; value: unknown; error?: string; placeholder?: string };

/** The control for a text, a secret, a list, JSON or a choice. It works without JavaScript. In a list, each line is an entry. */
export function BasicControl({ field, value, error, placeholder }: ControlProps) {
  const { name, kind, required, description: hint, options, optionLabels } = field;
  const id = controlName(field);
  const control = { ...fieldProps(id, { hint, error }), name: id, required, defaultValue: textOf(field, value) };
  if (options && !isList(kind)) {
    return (
      <Select {...control}>
        {field.default === undefined ? <option value="">{required ? "Choose" : "Default"}</option> : null}
        {options.map((option) => (
          <option key={option} value={option}>
            {optionLabels?.[option] ?? option}
          </option>
        ))}
      </Select>
    );
  }
  return kind === "text" || kind === "secret" ? (
    <Input
      {...control}
      dir="auto"
      pattern={field.pattern}
      // With `new-password`, browsers do not fill in the user's password for this site. They ignore `off` in password fields.
      {...(kind === "secret" && { type: "password", autoComplete: "new-password" })}
    />
  ) : (
    <Textarea
      {...control}
      placeholder={isList(kind) ? "One entry per line" : placeholder}
      rows={name === "prompt" ? 3 : 2}
      dir="auto"
      className={`field-sizing-content max-h-64 ${name === "prompt" ? "" : "min-h-10!"} ${kind === "json" ? "font-mono" : ""}`}
    />
  );
}
