import type { ComponentProps, ReactNode } from "react";
import { Field, fieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type LoginFieldProps = ComponentProps<"input"> & {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  /** A message about the whole form, or null if there is none now. Undefined if this field never shows such a message. */
  problem?: ReactNode;
};

/** A field of a sign-in form. It reserves space for a message, so that the page does not move when a message appears. */
export function LoginField({ id, label, hint, error, problem, ...props }: LoginFieldProps) {
  return (
    <div className={problem === undefined ? "min-h-24" : "min-h-31"}>
      <Field label={label} htmlFor={id} hint={problem ? undefined : hint} error={error}>
        <Input {...fieldProps(id, { hint: problem ? undefined : hint, error })} name={id} required {...props} />
      </Field>
      {problem ? <FormProblem text={problem} /> : null}
    </div>
  );
}

/** A message about the whole form. `useFocusOnAnswer` can move the focus to it, so that screen readers read it. */
export function FormProblem({ text }: { text: ReactNode }) {
  return (
    <p role="alert" data-answer tabIndex={-1} className="mt-1.5 text-[13px] text-pretty text-danger outline-none">
      {text}
    </p>
  );
}
