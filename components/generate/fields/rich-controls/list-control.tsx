import { useEffect, useRef, useState } from "react";
import type { ControlProps } from "@/components/generate/fields/basic-control";
import { Checkboxes } from "./checkboxes";
import { checkEntries } from "./check-entries";
import { Chips } from "./chips";
import { controlName, textOf, typeInto } from "@/components/generate/fields/form-values";
import { linesOf } from "@/components/generate/fields/read-form";

/** The entries of a list, as chips or as checkboxes. A hidden input sends them with the form, one entry per line. */
export function ListControl({ field, value, error }: ControlProps) {
  const name = controlName(field);
  const [text, setText] = useState(() => findTyped(name) ?? textOf(field, value));
  const hidden = useRef<HTMLInputElement>(null);
  const control = useRef<HTMLInputElement>(null);
  const entries = linesOf(text);
  const problem = checkEntries(field, entries);
  const Control = field.kind === "choices" ? Checkboxes : Chips;

  useEffect(() => control.current?.setCustomValidity(problem), [problem]);

  return (
    <>
      <input
        ref={hidden}
        type="hidden"
        name={name}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Control
        ref={control}
        field={field}
        error={error}
        entries={entries}
        // The input event of the hidden control updates this component, the draft and the errors of the form.
        onChange={(next) => typeInto(hidden.current, next.join("\n"))}
      />
    </>
  );
}

/** Returns what the user typed into the plain text field before this component replaced the field. */
function findTyped(id: string) {
  const control = document.getElementById(id);
  return control instanceof HTMLTextAreaElement ? control.value : null;
}
