import { type SyntheticEvent, useState } from "react";
import { isFormControl } from "@/components/generate/fields/form-values";

/**
 * The browser's validation errors, by the name of the setting. Call `checkField` for two events of the form: `invalid` events add
 * errors, and `input` events update them.
 */
export function useValidityErrors() {
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());

  function checkField({ type, target }: Pick<SyntheticEvent, "type" | "target">) {
    if (!isFormControl(target)) return;
    // A media field reports its errors through a control that has an id but no name.
    const name = (target.name || target.id).slice("input.".length);
    const message = target.validationMessage;
    const isInvalid = type === "invalid";
    if (isInvalid || errors.has(name)) {
      setErrors((before) => {
        const others = [...before].filter(([other]) => other !== name);
        // A setting without an error gets no entry. An empty entry would replace the error that the server has found for this
        // setting.
        return new Map(message ? [...others, [name, message] as const] : others);
      });
    }
    // In a closed `details` element, a control cannot get the focus, and the browser shows no message. So the element is opened.
    const details = isInvalid && target.closest("details");
    if (details) details.open = true;
  }

  return [errors, checkField] as const;
}
