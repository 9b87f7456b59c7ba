"use client";

import { type ComponentProps, useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field, fieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** The answer of a form. `problem.field` is the name of a field, or null for the whole form. */
export type AccountState = {
  problem?: { field: string | null; text: string };
  /** A message that says what was done. */
  done?: string;
};

export type AccountAction = (state: AccountState, form: FormData) => Promise<AccountState>;

type FormField = Pick<
  ComponentProps<"input">,
  "type" | "autoComplete" | "maxLength" | "minLength" | "required" | "defaultValue"
> & { name: string; label: string; hint?: string };

type AccountFormProps = {
  /** The ids of the fields begin with this text, so that they are unique on the page. */
  id: string;
  action: AccountAction;
  fields: FormField[];
  verb: string;
  variant?: "primary" | "secondary" | "danger";
  /** The names and values of hidden fields. */
  values?: Record<string, string>;
};

/** A small form with text fields. It works without JavaScript. */
export function AccountForm({ id, action, fields, verb, variant, values = {} }: AccountFormProps) {
  const [{ problem, done }, submit, isPending] = useActionState(action, {});
  return (
    <form action={submit} className="flex max-w-md flex-col items-start gap-4">
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map(({ name, label, hint, ...input }) => {
        const error = problem?.field === name ? problem.text : undefined;
        return (
          <div key={name} className="w-full">
            <Field label={label} htmlFor={`${id}-${name}`} hint={hint} error={error}>
              <Input {...fieldProps(`${id}-${name}`, { hint, error })} name={name} {...input} />
            </Field>
          </div>
        );
      })}
      <FormProblem problem={problem} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" variant={variant} aria-disabled={isPending}>
          {verb}
        </Button>
        <p role="status" className="text-[13px] text-pretty text-saved">
          {done}
        </p>
      </div>
    </form>
  );
}

/** Shows a problem of the whole form. A problem of a field is shown at the field. */
export function FormProblem({ problem }: Pick<AccountState, "problem">) {
  if (problem?.field !== null) return null;
  return (
    <p role="alert" className="text-[13px] text-pretty text-danger">
      {problem.text}
    </p>
  );
}
