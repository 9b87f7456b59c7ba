import { type SyntheticEvent, useState } from "react";
import { isTextControl } from "@/components/generate/fields/fill-form";

/**
 * What the browser finds wrong with the settings in a form, by their names. `look` hears of it by `invalid` events, and by
 * `input` events when it is mended: then there are no words any more.
 */
export function useFieldErrors() {
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());

  function look({ type, target }: SyntheticEvent) {
    if (!isTextControl(target)) return;
    const name = target.name.slice("input.".length);
    const isNew = type === "invalid";
    if (isNew || faults.has(name)) setFaults((known) => withFault(known, name, target.validationMessage));
    const details = isNew && target.closest("details");
    // Inside closed details it cannot take the focus, and the browser would then say nothing at all.
    if (details) details.open = true;
  }

  return [faults, look] as const;
}

/** Without words it is none: they would stand over those of the server. */
function withFault(known: ReadonlyMap<string, string>, name: string, words: string) {
  const others = [...known].filter(([one]) => one !== name);
  return new Map(words ? [...others, [name, words] as const] : others);
}
