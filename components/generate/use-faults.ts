import { type SyntheticEvent, useState } from "react";
import { isTextControl } from "./fill-form";

/**
 * What the browser finds wrong with the settings in a form, by their names. `look` hears of it by `invalid` events, and by
 * `input` events when it is mended: then there are no words any more.
 */
export function useFaults() {
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());

  function look({ type, target }: SyntheticEvent) {
    if (!isTextControl(target)) return;
    const name = target.name.slice("input.".length);
    const isNew = type === "invalid";
    if (isNew || faults.get(name)) setFaults((known) => new Map([...known, [name, target.validationMessage]]));
    const details = isNew && target.closest("details");
    // Inside closed details it cannot take the focus, and the browser would then say nothing at all.
    if (details) details.open = true;
  }

  return [faults, look] as const;
}
